import type { Language } from '../../contract/values.ts';

/** The UTC day of a moment as a person of the language writes it. */
export function dayText(moment: Temporal.Instant, language: Language): string {
  const format = new Intl.DateTimeFormat(language === 'tr' ? 'tr-TR' : 'en-GB', {
    ...(language === 'tr' ? { day: '2-digit', month: '2-digit', year: 'numeric' } : { dateStyle: 'medium' }),
    timeZone: 'UTC',
  });
  return format.format(moment.epochMilliseconds);
}

/** Likewise of a day. */
export function plainDayText(day: Temporal.PlainDate, language: Language): string {
  return dayText(day.toZonedDateTime('UTC').toInstant(), language);
}
