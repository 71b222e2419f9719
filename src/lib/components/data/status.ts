import type { IconName } from '#lib/components/icon-names.ts';

/** What a status means for the reader; shape and colour follow from it. */
export type Tone = 'ok' | 'info' | 'warn' | 'bad' | 'idle';

/** The shape that goes with a tone when no other is named; shapes differ, so colour is never alone. */
export const TONE_ICONS: Record<Tone, IconName> = {
  ok: 'ok',
  info: 'open',
  warn: 'warn',
  bad: 'bad',
  idle: 'draft',
};
