import { sql, type Kysely, type Transaction } from 'kysely';
import { companyNameKey } from '#lib/domain/search/company-name.ts';
import type { Database } from '#lib/server/platform/schema.ts';

export const DUPLICATE_SIGNS = ['brn', 'crn', 'lei', 'name'] as const;
export type DuplicateSign = (typeof DUPLICATE_SIGNS)[number];

/** An organisation that may be the one being registered. */
export interface PossibleDuplicate {
  id: string;
  nameKo: string;
  nameEn: string;
  country: string;
  /** What is equal. An identifier names one organisation; one name may belong to several. */
  signs: DuplicateSign[];
}

export interface Candidate {
  nameKo: string;
  nameEn: string;
  formerNames?: readonly string[];
  /** digits only, as the checks of `domain/company/identifiers.ts` return them */
  brn?: string | null;
  crn?: string | null;
  lei?: string | null;
}

/** Name keys as the columns hold them, for whoever writes names. */
export function nameKeys(nameKo: string, nameEn: string): { name_key_ko: string; name_key_en: string } {
  return {
    name_key_ko: nameKo === '' ? '' : companyNameKey(nameKo),
    name_key_en: nameEn === '' ? '' : companyNameKey(nameEn),
  };
}

/**
 * Organisations with the same identifier, or the same name once legal forms, case and spaces are taken off
 * (DOMAIN 3.4). Those that share an identifier stand first; at most ten.
 * @param except the organisation being changed
 */
export async function possibleDuplicates(
  db: Kysely<Database>,
  candidate: Candidate,
  except: string | null = null,
): Promise<PossibleDuplicate[]> {
  const keys = namesOf(candidate);
  const rows = await db
    .selectFrom('organisation')
    .select(['id', 'name_ko', 'name_en', 'country', 'brn', 'crn', 'lei', 'name_key_ko', 'name_key_en'])
    .where((eb) =>
      eb.or([
        ...(keys.length > 0 ? [eb('name_key_ko', 'in', keys), eb('name_key_en', 'in', keys)] : []),
        ...(candidate.brn ? [eb('brn', '=', candidate.brn)] : []),
        ...(candidate.crn ? [eb('crn', '=', candidate.crn)] : []),
        ...(candidate.lei ? [eb('lei', '=', candidate.lei)] : []),
      ]),
    )
    .$if(except !== null, (query) => query.where('id', '<>', except ?? ''))
    .orderBy('created_at')
    .orderBy('id')
    .limit(50)
    .execute();
  return rows
    .map((row) => ({
      id: row.id,
      nameKo: row.name_ko,
      nameEn: row.name_en,
      country: row.country,
      signs: DUPLICATE_SIGNS.filter((sign) =>
        sign === 'name'
          ? keys.includes(row.name_key_ko) || keys.includes(row.name_key_en)
          : Boolean(candidate[sign]) && row[sign] === candidate[sign],
      ),
    }))
    .sort((a, b) => Number(isSure(b)) - Number(isSure(a)))
    .slice(0, 10);
}

/** Does an identifier say that it is the same organisation? */
export function isSure(duplicate: PossibleDuplicate): boolean {
  return duplicate.signs.some((sign) => sign !== 'name');
}

/** The names of a candidate as they are compared. */
function namesOf({ nameKo, nameEn, formerNames = [] }: Candidate): string[] {
  const keys = [nameKo, nameEn, ...formerNames].filter((name) => name !== '').map(companyNameKey);
  return keys.filter((key) => key !== '');
}

/** Two forms with the same number or name at once: the second waits here and then sees the first. */
export async function holdIdentifiers(tx: Transaction<Database>, candidate: Candidate): Promise<void> {
  const numbers = [candidate.brn, candidate.crn, candidate.lei].filter((value) => typeof value === 'string');
  const signs = [...numbers, ...namesOf(candidate).map((key) => `name:${key}`)];
  // Everybody takes them in the same order, so that two that wait for each other cannot be.
  for (const sign of [...new Set(signs)].sort()) {
    await sql`select pg_advisory_xact_lock(hashtextextended(${`organisation:${sign}`}, 0))`.execute(tx);
  }
}
