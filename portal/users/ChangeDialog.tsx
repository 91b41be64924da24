import { Field, makeStyles, Select, Spinner, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import type { LicenseProductOnWire } from '../../contract/licenses.ts';
import { useAct, useAnswer, type Value } from '../api/query.ts';
import { FormDialog } from '../frame/FormDialog.tsx';
import { ProblemBar } from '../frame/ProblemBar.tsx';
import { useEcho } from '../frame/useEcho.tsx';
import { type TextKey, useText } from '../text.ts';
import { Reasons } from './Reasons.tsx';

const useStyles = makeStyles({
  note: { margin: 0, color: tokens.colorNeutralForeground2 },
  decided: { display: 'flex', flexDirection: 'column', rowGap: '8px' },
  changes: { margin: 0, fontWeight: tokens.fontWeightSemibold },
  left: { margin: 0, paddingLeft: '18px', maxHeight: '240px', overflowY: 'auto' },
  user: { marginBottom: '6px' },
});

export type ChangeKind = 'assign' | 'replace' | 'remove';

export const KIND_TEXT: Readonly<Record<ChangeKind, TextKey>> = {
  assign: 'licenses.assign',
  replace: 'licenses.replace',
  remove: 'licenses.unassign',
};

type Props = {
  readonly kind: ChangeKind;
  readonly customerId: string;
  readonly userIds: readonly string[];
  readonly products: readonly LicenseProductOnWire[];
  readonly close: () => void;
  readonly done: () => void;
};

/** Gives, replaces or takes a license of several users; says first for whom it can be done, and why not for the others. */
export function ChangeDialog({ kind, customerId, userIds, products, close, done }: Props) {
  const { say } = useText();
  const styles = useStyles();
  const echo = useEcho();
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  const act = useAct('changeLicenses');
  const ready = (kind === 'assign' || from !== '') && (kind === 'remove' || to !== '');
  const body = {
    userIds: [...userIds],
    assign: kind === 'remove' || !to ? [] : [{ skuId: to }],
    remove: kind === 'assign' || !from ? [] : [from],
  };
  const params = { customerId };
  const preview = useAnswer('previewLicenses', { params, body }, { enabled: ready });
  const decided = ready ? preview.data?.items : undefined;
  const able = (decided ?? []).filter(({ outcome }) => outcome === 'changes').map(({ userId }) => userId);
  const ours = products.filter((one) => one.ours);
  const perform = () => {
    if (able.length === 0) return;
    const changed = { params, body: { ...body, userIds: able } };
    act.mutate(changed, {
      onSuccess: () => {
        echo(say('licenses.done', { n: able.length }));
        done();
      },
      // Somebody was faster: who can have it now is shown at once.
      onError: () => void preview.refetch(),
    });
  };
  return (
    <FormDialog
      title={say(KIND_TEXT[kind])}
      submit={say('licenses.submit', { n: able.length })}
      act={act}
      perform={perform}
      close={close}
      wide
    >
      <p className={styles.note}>{say('licenses.forUsers', { n: userIds.length })}</p>
      {kind !== 'assign' && (
        <ProductField
          label={say(kind === 'replace' ? 'licenses.from' : 'licenses.product')}
          value={from}
          change={setFrom}
          products={ours.filter(({ used, skuId }) => used > 0 && skuId !== to)}
        />
      )}
      {kind !== 'remove' && (
        <ProductField
          label={say(kind === 'replace' ? 'licenses.to' : 'licenses.product')}
          value={to}
          change={setTo}
          products={ours.filter(({ active, skuId }) => active && skuId !== from)}
          free
        />
      )}
      {kind !== 'assign' && (
        <p className={styles.note}>{say(kind === 'replace' ? 'licenses.replaceHint' : 'licenses.unassignWarn')}</p>
      )}
      {ready && preview.error && <ProblemBar error={preview.error} />}
      {ready && !decided && !preview.error && <Spinner size="tiny" label={say('licenses.previewing')} />}
      {decided && <Decided items={decided} />}
    </FormDialog>
  );
}

type FieldProps = {
  readonly label: string;
  readonly value: string;
  readonly change: (skuId: string) => void;
  readonly products: readonly LicenseProductOnWire[];
  /** Says how many are free. */
  readonly free?: boolean;
};

function ProductField({ label, value, change, products, free: saysFree = false }: FieldProps) {
  const { say } = useText();
  return (
    <Field label={label}>
      <Select value={value} onChange={(_event, data) => change(data.value)}>
        <option value="">{say('licenses.choose')}</option>
        {products.map(({ skuId, name, free }) => (
          <option key={skuId} value={skuId}>
            {saysFree ? say('licenses.productFree', { name, free: free ?? 0 }) : name}
          </option>
        ))}
      </Select>
    </Field>
  );
}

function Decided({ items }: { items: Value<'previewLicenses'>['items'] }) {
  const { say } = useText();
  const styles = useStyles();
  const count = (outcome: (typeof items)[number]['outcome']) => items.filter((one) => one.outcome === outcome).length;
  const left = items.filter(({ outcome }) => outcome === 'refused');
  return (
    <div className={styles.decided}>
      <div role="status">
        <p className={styles.changes}>{say('licenses.changes', { n: count('changes') })}</p>
        {count('same') > 0 && <p className={styles.note}>{say('licenses.same', { n: count('same') })}</p>}
        {left.length > 0 && <p className={styles.note}>{say('licenses.cannot', { n: left.length })}</p>}
      </div>
      {left.length > 0 && (
        <ul className={styles.left} tabIndex={0} aria-label={say('licenses.cannot', { n: left.length })}>
          {left.map((one) => (
            <li key={one.userId} className={styles.user}>
              {one.displayName} · {one.userPrincipalName}
              <Reasons decided={one} />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
