/** The one place that asks the machine for the time. Everything else is handed a clock. */
export type Clock = () => Date;

export const systemClock: Clock = () => new Date();

const KOREAN_DAY = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Seoul', dateStyle: 'short' });

/** The calendar day in Korea, `YYYY-MM-DD`. Vetting and certificates run out at its end. */
export function koreanDay(at: Date): string {
  return KOREAN_DAY.format(at);
}
