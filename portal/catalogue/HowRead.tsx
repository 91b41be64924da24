import type { PriceImportOnWire } from '../../contract/imports.ts';
import { type TextKey, useText } from '../text.ts';
import { FactsList } from '../ui/FactsList.tsx';
import { useFormat } from '../ui/format.ts';
import { useScopeText } from './scope-text.ts';

const SEPARATOR_TEXT = { ',': 'cat.comma', ';': 'cat.semicolon', '\t': 'cat.tab' } as const satisfies Record<
  string,
  TextKey
>;

/** What a file is taken for, and how it was read. */
export function HowRead({ shown }: { readonly shown: PriceImportOnWire }) {
  const { say } = useText();
  const format = useFormat();
  const scopeText = useScopeText();
  const { read } = shown;
  if (!read) return null;
  const sign = read.decimalSign === null ? '–' : say(read.decimalSign === '.' ? 'cat.point' : 'cat.comma');
  const facts = [
    { key: say('cat.importKind'), value: shown.kindName ?? '–' },
    ...(shown.subject && shown.scope
      ? [{ key: say('cat.importScope'), value: scopeText(shown.subject, shown.scope) }]
      : []),
    { key: say('cat.importLines'), value: format.number(shown.rows) },
    {
      key: say('cat.importForm'),
      value: say('cat.importFormIs', { separator: say(SEPARATOR_TEXT[read.separator]), sign, encoding: read.encoding }),
    },
    ...(read.zippedAs ? [{ key: say('cat.importZipped'), value: read.zippedAs }] : []),
    ...(read.unknownColumns.length > 0
      ? [{ key: say('cat.importUnknown'), value: read.unknownColumns.join(', ') }]
      : []),
  ];
  return <FactsList facts={facts} stacks />;
}
