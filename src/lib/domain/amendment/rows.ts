import { z } from 'zod';
import type { CapabilityRelation, MineralRelation } from '#lib/domain/match/relations.ts';
import type { LexiconEntry } from '#lib/domain/search/lexicon-entries.ts';

/** Rows of amendments as they are stored, and what names a row of each kind. */

export const termRow: z.ZodType<LexiconEntry> = z.strictObject({
  ...{ concept: z.string(), kind: z.string(), lang: z.string(), term: z.string() },
  ...{ form: z.string(), broader: z.string(), source: z.string() },
});

export const capabilityRow: z.ZodType<CapabilityRelation> = z.strictObject({
  ...{ from: z.string(), to: z.string(), degree: z.number(), symmetric: z.boolean() },
  ...{ reasonKo: z.string(), reasonEn: z.string() },
});

export const mineralRow: z.ZodType<MineralRelation> = z.strictObject({
  ...{ id: z.string(), kind: z.enum(['group', 'family', 'whole']), minerals: z.array(z.string()) },
  ...{ degree: z.number(), reasonKo: z.string(), reasonEn: z.string() },
});

const parts = (...of: string[]) => of.join('\n');

/** The capability asked for and the one held. */
export const capabilityKeyOf = (row: CapabilityRelation): string => parts(row.from, row.to);
export const mineralKeyOf = (row: MineralRelation): string => row.id;
