/** Hundredths of a percent as they are typed: with a comma or a point, two decimals at most. null: it is no percentage. */
export function readPercent(typed: string): number | null {
  const found = /^([-−]?)(\d{1,5})(?:[.,](\d{1,2}))?$/.exec(typed.trim());
  if (!found) return null;
  const [, sign, whole = '', decimals = ''] = found;
  const basisPoints = Number(whole + decimals.padEnd(2, '0'));
  return sign ? 0 - basisPoints : basisPoints;
}

/** The same as somebody would type it in a language. */
export function typePercent(basisPoints: number, language: string): string {
  const options = { maximumFractionDigits: 2, useGrouping: false };
  return new Intl.NumberFormat(language, options).format(basisPoints / 100);
}
