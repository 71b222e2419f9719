import { sql, type Kysely } from 'kysely';
import { conceptTerms } from '#lib/domain/match/concept-terms.ts';
import { matchLexicon, type ConceptLexicon } from '#lib/domain/match/concepts.ts';
import { Geography } from '#lib/domain/match/geography.ts';
import type { MatchNames } from '#lib/domain/match/names.ts';
import type { MatchBasis } from '#lib/domain/match/need.ts';
import { Relations } from '#lib/domain/match/relations.ts';
import type { Lang } from '#lib/i18n/lang.ts';
import { modelInEffect } from '#lib/server/match/model-in-use-queries.ts';
import { relationsInEffect } from '#lib/server/match/relations-queries.ts';
import type { Database } from '#lib/server/platform/schema.ts';
import { lexiconOf } from '#lib/server/search/lexicon-queries.ts';

/** What matching stands on besides companies and opportunities: relations, map, lexicon, names. */
export interface MatchWorld {
  basis: MatchBasis;
  lexicon: ConceptLexicon;
  names: MatchNames;
}

interface Named {
  id: string;
  ko: string;
  en: string;
}

/** Reads the reference data from the database, and the relations from `folder` and what officials changed in them. */
export async function loadWorld(db: Kysely<Database>, folder?: string): Promise<MatchWorld> {
  const [relations, { entries }] = await Promise.all([relationsInEffect(db, folder), lexiconOf(db)]);
  const [leaves, minerals, countries, members, certifications, frameworks] = await Promise.all([
    db
      .selectFrom('capability')
      .select(['id', 'stage', 'name_ko as ko', 'name_en as en'])
      .orderBy('id')
      .execute(),
    db
      .selectFrom('mineral')
      .select(['id', 'name_ko as ko', 'name_en as en', 'aliases_ko', 'aliases_en'])
      .orderBy('id')
      .execute(),
    db
      .selectFrom('country')
      .select(['iso2 as id', 'iso2', 'name_ko as ko', 'name_en as en', 'region', 'subregion'])
      .orderBy('iso2')
      .execute(),
    db
      .selectFrom('framework_member')
      .innerJoin('framework', 'framework.id', 'framework_member.framework_id')
      .select(['framework_id as id', 'country'])
      .select([
        sql<string | null>`lower(period)::text`.as('from'),
        sql<string | null>`upper(period)::text`.as('until'),
      ])
      .where('framework.kind', 'in', ['partnership', 'dialogue'])
      .where('role', 'in', ['member', 'chair', 'co-chair'])
      .orderBy('framework_id')
      .orderBy('country')
      .orderBy('from')
      .execute(),
    db.selectFrom('certification').select(['id', 'name as ko', 'name as en']).execute(),
    db.selectFrom('framework').select(['id', 'name_ko as ko', 'name_en as en']).execute(),
  ]);
  const alliances = Map.groupBy(members, ({ id }) => id);
  return {
    basis: {
      model: await modelInEffect(db),
      relations: new Relations(leaves, relations.capabilities, relations.minerals),
      geography: new Geography(
        countries,
        [...alliances].map(([id, rows]) => ({
          id,
          members: rows.map(({ country, from, until }) => ({ country, from, until })),
        })),
      ),
    },
    lexicon: matchLexicon(
      minerals.map((row) => ({ id: row.id, names: [row.ko, row.en, ...row.aliases_ko, ...row.aliases_en] })),
      entries,
    ),
    names: matchNames({ leaves, minerals, countries, certifications, frameworks }),
  };
}

function matchNames(lists: {
  leaves: Named[];
  minerals: Named[];
  countries: Named[];
  certifications: Named[];
  frameworks: Named[];
}): MatchNames {
  const book = (rows: Named[]) => {
    const byId = new Map(rows.map((row) => [row.id, row]));
    return (id: string, lang: Lang): string => byId.get(id)?.[lang] ?? id;
  };
  const mineral = book(lists.minerals);
  const terms = new Map(conceptTerms().map(({ id, words }) => [id, words]));
  const languages = { ko: languageNames('ko'), en: languageNames('en') };
  return {
    capability: book(lists.leaves),
    mineral,
    country: book(lists.countries),
    certification: book(lists.certifications),
    framework: book(lists.frameworks),
    language: (code, lang) => languages[lang].of(code) ?? code,
    concept(id, lang) {
      if (id.startsWith('mineral:')) return mineral(id.slice('mineral:'.length), lang);
      const words = terms.get(id) ?? [id];
      const korean = words.find((word) => /[가-힣]/u.test(word));
      const latin = words.find((word) => !/[가-힣]/u.test(word));
      return (lang === 'ko' ? (korean ?? latin) : (latin ?? korean)) ?? id;
    },
  };
}

function languageNames(lang: Lang): Intl.DisplayNames {
  return new Intl.DisplayNames(lang, { type: 'language', fallback: 'code' });
}
