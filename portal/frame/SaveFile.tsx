import { Button, Toast, ToastTitle, Tooltip, useToastController } from '@fluentui/react-components';
import { ArrowDownload20Regular } from '@fluentui/react-icons';
import { useState } from 'react';
import type { Call } from '../../contract/client.ts';
import type { Endpoints } from '../../contract/endpoints.ts';
import { problemOf } from '../api/client.ts';
import { download, type FileKind } from '../api/download.ts';
import type { Name } from '../api/query.ts';
import { useText } from '../text.ts';
import { TOASTER } from './toaster.ts';

type Props<N extends Name> = {
  readonly name: N;
  readonly call: Call<Endpoints[N]>;
  readonly as?: FileKind;
  readonly saved?: () => void;
  /** The icon alone; with what it is of where there are several. */
  readonly compact?: true | string;
};

const SAVE_TEXT = {
  csv: 'common.exportCsv',
  pdf: 'common.savePdf',
  ics: 'common.saveCalendar',
  zip: 'common.saveZip',
} as const;

/** Saves what an endpoint says as a file, and says under which name. */
export function SaveFile<N extends Name>({ name, call, as = 'csv', saved, compact }: Props<N>) {
  const { say, language } = useText();
  const { dispatchToast } = useToastController(TOASTER);
  const [busy, setBusy] = useState(false);
  const tell = (text: string, intent: 'success' | 'error') =>
    dispatchToast(
      <Toast>
        <ToastTitle>{text}</ToastTitle>
      </Toast>,
      { intent },
    );
  const save = async () => {
    setBusy(true);
    try {
      tell(say('toast.exported', { file: await download(as, language, name, call) }), 'success');
      saved?.();
    } catch (error) {
      tell(problemOf(error)?.detail ?? say('error.network'), 'error');
    } finally {
      setBusy(false);
    }
  };
  const act = { icon: <ArrowDownload20Regular />, disabledFocusable: busy, onClick: () => void save() };
  return compact ? (
    <Tooltip content={compact === true ? say(SAVE_TEXT[as]) : `${say(SAVE_TEXT[as])}: ${compact}`} relationship="label">
      <Button appearance="subtle" {...act} />
    </Tooltip>
  ) : (
    <Button {...act}>{say(SAVE_TEXT[as])}</Button>
  );
}
