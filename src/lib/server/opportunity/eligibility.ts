import type { Kysely } from 'kysely';
import type { Eligibility } from '#lib/domain/opportunity/view.ts';
import { localIn } from '#lib/domain/opportunity/zones.ts';
import { memberCountriesOn } from '#lib/server/framework/queries.ts';
import { names, type NameBook } from '#lib/server/opportunity/present.ts';
import type { OpportunityRow } from '#lib/server/opportunity/repository.ts';
import type { Database } from '#lib/server/platform/schema.ts';

/** Whose companies may take part in a notice that is open to the members of a framework (DOMAIN 83). */

type Terms = Pick<OpportunityRow, 'eligible_framework' | 'deadline_zone'>;

/** The day on which members are counted: that of the deadline at the place, today without one. */
function memberDay(deadline: Date | null, zone: string, now: Date): string {
  return localIn(deadline ?? now, zone).slice(0, 10);
}

/** How many countries are members on the day; null when the notice is open to any country. */
export async function countEligible(
  db: Kysely<Database>,
  terms: Terms & { deadline: Date | null },
  now: Date,
): Promise<number | null> {
  if (terms.eligible_framework === null) return null;
  const day = memberDay(terms.deadline, terms.deadline_zone, now);
  return (await memberCountriesOn(db, terms.eligible_framework, day)).length;
}

/** The columns as they are frozen at publication. */
export async function eligibleAt(db: Kysely<Database>, terms: Terms, deadline: Date) {
  if (terms.eligible_framework === null) return { eligible_countries: null, eligible_on: null };
  const day = memberDay(deadline, terms.deadline_zone, deadline);
  return { eligible_countries: await memberCountriesOn(db, terms.eligible_framework, day), eligible_on: day };
}

/** As frozen at publication; until then as it would be now. */
export async function eligibilityOf(
  db: Kysely<Database>,
  row: Terms & Pick<OpportunityRow, 'eligible_countries' | 'eligible_on' | 'deadline'>,
  book: NameBook,
  now: Date,
): Promise<Eligibility | null> {
  const { eligible_framework: id, eligible_countries: frozen } = row;
  if (id === null) return null;
  const day = row.eligible_on ?? memberDay(row.deadline, row.deadline_zone, now);
  const framework = await db
    .selectFrom('framework')
    .select(['name_ko', 'name_en'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  const members = frozen ?? (await memberCountriesOn(db, id, day));
  return {
    framework: { id, ...names(framework.name_ko, framework.name_en) },
    countries: members.map(
      (member) => book.countries.get(member) ?? { id: member, ...names(member, member) },
    ),
    day,
  };
}
