import type { Kysely } from 'kysely';
import { hostOf, type Identity } from '#lib/domain/search/told.ts';
import type { Database } from '#lib/server/platform/schema.ts';

/** By what each of some organisations would be known in a text: its names, its numbers, its people's mail and its site. */
export async function identitiesOf(
  db: Kysely<Database>,
  organisationIds: readonly string[],
): Promise<Map<string, Identity>> {
  if (organisationIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('organisation')
    .leftJoin('company', 'company.organisation_id', 'organisation.id')
    .select(['organisation.id', 'name_ko', 'name_en', 'former_names', 'brn', 'crn', 'lei', 'website'])
    .select('representative')
    .where('organisation.id', 'in', [...organisationIds])
    .execute();
  const mails = await db
    .selectFrom('membership')
    .innerJoin('account', 'account.id', 'membership.account_id')
    .select(['membership.organisation_id', 'account.email'])
    .where('membership.organisation_id', 'in', [...organisationIds])
    .execute();
  return new Map(
    rows.map((row) => {
      const { id, name_ko, name_en, former_names, brn, crn, lei, website, representative } = row;
      const names = [name_ko, name_en, ...former_names, brn, crn, lei, namedPerson(representative)];
      const addresses = mails.filter((mail) => mail.organisation_id === id).map(({ email }) => email);
      return [id, { names: filled(names), contacts: filled([hostOf(website ?? ''), ...addresses]) }];
    }),
  );
}

/** A person's name that is no part of a common word: three syllables, or two words. */
function namedPerson(name: string | null): string | null {
  return name !== null && /^[가-힣]{3,}$|^\S+\s\S+/u.test(name) ? name : null;
}

function filled(values: readonly (string | null)[]): string[] {
  return values.filter((value): value is string => value !== null && value !== '');
}

/** Of some companies, those that keep their name back. `known`: the lead has learnt it all the same. */
export async function companiesKeptBack(
  db: Kysely<Database>,
  organisationIds: readonly string[],
  leadId: string | null,
): Promise<{ id: string; known: boolean }[]> {
  const rows = await db
    .selectFrom('company')
    .select('company.organisation_id as id')
    .select((eb) =>
      eb
        .exists(
          eb
            .selectFrom('interest_party as party')
            .select('party.company_id')
            .whereRef('party.company_id', '=', 'company.organisation_id')
            .where('party.lead_id', '=', leadId)
            .where('party.company_named', '=', true)
            .where((or) => or.or([or('party.status', 'is', null), or('party.status', '<>', 'withdrawn')])),
        )
        .as('known'),
    )
    .where('organisation_id', 'in', [...organisationIds])
    .where('pseudonymous', '=', true)
    .execute();
  return rows.map(({ id, known }) => ({ id, known: known === true }));
}
