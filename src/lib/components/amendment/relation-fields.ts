import type { CapabilityRelation, MineralRelation } from '#lib/domain/match/relations.ts';
import { formatNumber } from '#lib/i18n/format.ts';
import type { Lang } from '#lib/i18n/lang.ts';
import { msg } from '#lib/i18n/msg.ts';
import type { RowField } from './amendment.ts';

/** The fields of relations in words. */

interface Name {
  ko: string;
  en: string;
}
export interface RelationNames {
  capabilities: Record<string, Name & { stage: string }>;
  minerals: Record<string, Name>;
  stages: (Name & { id: string })[];
}
export type RelationRow = CapabilityRelation | MineralRelation;

export const relationWords = {
  from: msg({ ko: '요구한 역량', en: 'Capability asked for' }),
  to: msg({ ko: '가진 역량', en: 'Capability held' }),
  degree: msg({ ko: '대신하는 정도', en: 'Degree' }),
  direction: msg({ ko: '방향', en: 'Direction' }),
  both: msg({ ko: '양방향', en: 'Both ways' }),
  one: msg({ ko: '한 방향', en: 'One way' }),
  id: msg({ ko: '묶음 번호', en: 'Id of the family' }),
  kind: msg({ ko: '묶음의 뜻', en: 'Kind' }),
  minerals: msg({ ko: '광물', en: 'Minerals' }),
  reasonKo: msg({ ko: '이유, 한국어', en: 'Reason, in Korean' }),
  reasonEn: msg({ ko: '이유, 영어', en: 'Reason, in English' }),
  reason: msg({ ko: '이유', en: 'Reason' }),
  kinds: {
    group: msg({ ko: '한 무리', en: 'One group' }),
    family: msg({ ko: '같은 공정', en: 'Same process family' }),
    whole: msg({ ko: '묶음 이름과 그 원소', en: 'Group name and its members' }),
  },
};

const nameIn = (lang: Lang, names: Record<string, Name>, id: string): string => names[id]?.[lang] ?? id;

export function relationTitle(lang: Lang, row: RelationRow | null, names: RelationNames): string {
  if (row === null) return '';
  if ('id' in row) return row.minerals.map((id) => nameIn(lang, names.minerals, id)).join(', ');
  const arrow = row.symmetric ? '↔' : '←';
  return `${nameIn(lang, names.capabilities, row.from)} ${arrow} ${nameIn(lang, names.capabilities, row.to)}`;
}

export function relationFields(
  lang: Lang,
  { before, after }: { before: RelationRow | null; after: RelationRow | null },
  names: RelationNames,
): RowField[] {
  const field = (label: string, of: (row: RelationRow) => string | null): RowField => ({
    label,
    before: before === null ? null : of(before),
    after: after === null ? null : of(after),
  });
  const capability = (of: (row: CapabilityRelation) => string) => (row: RelationRow) =>
    'from' in row ? of(row) : null;
  const mineral = (of: (row: MineralRelation) => string) => (row: RelationRow) =>
    'id' in row ? of(row) : null;
  const own =
    'from' in (after ?? before ?? {})
      ? [
          field(
            relationWords.from(lang),
            capability((row) => nameIn(lang, names.capabilities, row.from)),
          ),
          field(
            relationWords.to(lang),
            capability((row) => nameIn(lang, names.capabilities, row.to)),
          ),
          field(
            relationWords.direction(lang),
            capability((row) => relationWords[row.symmetric ? 'both' : 'one'](lang)),
          ),
        ]
      : [
          field(
            relationWords.id(lang),
            mineral((row) => row.id),
          ),
          field(
            relationWords.kind(lang),
            mineral((row) => relationWords.kinds[row.kind](lang)),
          ),
          field(
            relationWords.minerals(lang),
            mineral((row) => row.minerals.map((id) => nameIn(lang, names.minerals, id)).join(', ')),
          ),
        ];
  return [
    ...own,
    field(relationWords.degree(lang), (row) => formatNumber(lang, row.degree)),
    field(relationWords.reasonKo(lang), (row) => row.reasonKo),
    field(relationWords.reasonEn(lang), (row) => row.reasonEn),
  ];
}

/** The part of an address that names a relation, or says which kind is to be added. */
export function relationQuery(kind: 'capability' | 'mineral', row: RelationRow | null): string {
  if (row === null) return new URLSearchParams({ kind }).toString();
  const at = 'id' in row ? { id: row.id } : { from: row.from, to: row.to };
  return new URLSearchParams({ kind, ...at }).toString();
}
