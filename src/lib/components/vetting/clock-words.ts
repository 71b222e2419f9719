import type { Tone } from '#lib/components/data/status.ts';
import type { ClockReading } from '#lib/domain/vetting/clock.ts';
import type { CaseStatus } from '#lib/domain/vetting/vetting.ts';
import type { Lang } from '#lib/i18n/lang.ts';

/** The clock in words: `3일 남음`, `2일 늦음`, `멈춤, 11일 남음`. Days are working days. */
export function clockWords(lang: Lang, clock: ClockReading): string {
  const left =
    clock.overdueDays > 0
      ? {
          ko: `${clock.overdueDays}일 늦음`,
          en: `${clock.overdueDays} ${clock.overdueDays === 1 ? 'day' : 'days'} overdue`,
        }
      : {
          ko: `${clock.leftDays}일 남음`,
          en: `${clock.leftDays} ${clock.leftDays === 1 ? 'day' : 'days'} left`,
        };
  if (clock.running) return left[lang];
  return lang === 'ko' ? `멈춤, ${left.ko}` : `Stopped, ${left.en}`;
}

/** What a case's status means for the reader. */
export function caseTone(status: CaseStatus): Tone {
  const tones: Record<CaseStatus, Tone> = {
    submitted: 'info',
    reviewing: 'info',
    waiting: 'idle',
    proposed: 'warn',
    decided: 'ok',
    withdrawn: 'idle',
  };
  return tones[status];
}
