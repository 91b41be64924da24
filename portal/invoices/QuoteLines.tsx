import { useText } from '../text.ts';

type Props = { readonly missing: readonly string[]; readonly unexpected: readonly string[] };

/** What of a quote was not billed, and what was billed that no quote told. */
export function QuoteLines({ missing, unexpected }: Props) {
  const { say } = useText();
  return (
    <>
      {missing.length > 0 && <div>{say('invoices.missing', { lines: missing.join('; ') })}</div>}
      {unexpected.length > 0 && <div>{say('invoices.unexpected', { lines: unexpected.join('; ') })}</div>}
    </>
  );
}
