import type { Kysely, Transaction } from 'kysely';
import type { TeamEventKind } from '#lib/domain/engagement/team.ts';
import type { Lang } from '#lib/i18n/lang.ts';
import type { Database } from '#lib/server/platform/schema.ts';

/** A team with its notice, its row locked until the transaction ends; null when there is none. */
export async function lockTeam(db: Transaction<Database>, id: string) {
  const team = await db
    .selectFrom('team')
    .innerJoin('opportunity', 'opportunity.id', 'team.opportunity_id')
    .leftJoin('organisation as lead', 'lead.id', 'opportunity.organisation_id')
    .selectAll('team')
    .select([
      'opportunity.status',
      'opportunity.opens',
      'opportunity.deadline',
      'opportunity.team_max',
      'opportunity.requires_vetted',
      'opportunity.number',
      'opportunity.title_ko',
      'opportunity.title_en',
      'opportunity.organisation_id as lead_id',
      'opportunity.pseudonymous as lead_keeps',
      'lead.standing as lead_standing',
    ])
    .where('team.id', '=', id)
    .forUpdate('team')
    .executeTakeFirst();
  if (team === undefined) return null;
  const members = await db
    .selectFrom('team_member')
    .innerJoin('organisation', 'organisation.id', 'team_member.organisation_id')
    .leftJoin('company', 'company.organisation_id', 'organisation.id')
    .selectAll('team_member')
    .select(['organisation.name_ko', 'organisation.name_en', 'company.pseudonymous as keeps'])
    .where('team_id', '=', id)
    .orderBy('asked_at')
    .orderBy('organisation_id')
    .execute();
  const interest = await db
    .selectFrom('interest')
    .select(['id', 'status', 'lead_reveals_at'])
    .where('team_id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  return { ...team, members, interest: interest ?? null };
}
export type LockedTeam = NonNullable<Awaited<ReturnType<typeof lockTeam>>>;
export type LockedMember = LockedTeam['members'][number];

export async function addTeamEvent(
  db: Kysely<Database>,
  event: {
    teamId: string;
    kind: TeamEventKind;
    about: string | null;
    byAccount: string | null;
    byOrganisation: string | null;
    at: Date;
    note?: string;
    lang?: Lang;
  },
): Promise<void> {
  await db
    .insertInto('team_event')
    .values({
      team_id: event.teamId,
      kind: event.kind,
      organisation_id: event.about,
      by_account: event.byAccount,
      by_organisation: event.byOrganisation,
      at: event.at,
      note: event.note ?? '',
      lang: event.lang ?? 'ko',
    })
    .execute();
}

/** The team of a notice that a company has accepted to be in, leading it or not; null when none. */
export async function ownTeamIn(
  db: Kysely<Database>,
  opportunityId: string,
  organisationId: string,
): Promise<{ id: string; leader: boolean; forming: boolean } | null> {
  const row = await db
    .selectFrom('team_member')
    .innerJoin('team', 'team.id', 'team_member.team_id')
    .select(['team.id', 'team.leader_id', 'team.state'])
    .where('team_member.opportunity_id', '=', opportunityId)
    .where('team_member.organisation_id', '=', organisationId)
    .where('team_member.state', '=', 'accepted')
    .executeTakeFirst();
  if (row === undefined) return null;
  return { id: row.id, leader: row.leader_id === organisationId, forming: row.state === 'forming' };
}

/** Teams that still form or wait for an answer, with a company as a member or invited to. */
export async function liveTeamsOf(db: Kysely<Database>, organisationId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('team_member')
    .innerJoin('team', 'team.id', 'team_member.team_id')
    .leftJoin('interest', 'interest.team_id', 'team.id')
    .select('team.id')
    .where('team_member.organisation_id', '=', organisationId)
    .where('team_member.state', 'in', ['invited', 'accepted'])
    .where((eb) =>
      eb.or([
        eb('team.state', '=', 'forming'),
        eb.and([
          eb('team.state', '=', 'sent'),
          eb('interest.status', 'in', ['sent', 'opened', 'shortlisted']),
        ]),
      ]),
    )
    .orderBy('team.id')
    .execute();
  return rows.map(({ id }) => id);
}

/** Teams that form for a notice that takes no interest any more. */
export async function overdueTeams(db: Kysely<Database>, now: Date): Promise<string[]> {
  const rows = await db
    .selectFrom('team')
    .innerJoin('opportunity', 'opportunity.id', 'team.opportunity_id')
    .select('team.id')
    .where('team.state', '=', 'forming')
    .where((eb) =>
      eb.or([eb('opportunity.status', '<>', 'published'), eb('opportunity.deadline', '<=', now)]),
    )
    .orderBy('team.id')
    .execute();
  return rows.map(({ id }) => id);
}

/** Companies in live teams that may take part no longer: suspended, refused, on a confirmed restricted entry, or not vetted where that is asked. */
export async function unfitMembers(db: Kysely<Database>, today: string): Promise<string[]> {
  const rows = await db
    .selectFrom('team_member')
    .innerJoin('team', 'team.id', 'team_member.team_id')
    .innerJoin('opportunity', 'opportunity.id', 'team.opportunity_id')
    .innerJoin('organisation', 'organisation.id', 'team_member.organisation_id')
    .leftJoin('interest', 'interest.team_id', 'team.id')
    .select('organisation.id')
    .distinct()
    .where('team_member.state', 'in', ['invited', 'accepted'])
    .where('team.state', 'in', ['forming', 'sent'])
    .where((eb) =>
      eb.or([
        eb('interest.status', 'is', null),
        eb('interest.status', 'in', ['sent', 'opened', 'shortlisted']),
      ]),
    )
    .where((eb) =>
      eb.or([
        eb('organisation.standing', 'in', ['suspended', 'refused']),
        eb('organisation.screened', '=', true),
        eb.and([
          eb.or([eb('opportunity.requires_vetted', '=', true), eb('opportunity.visibility', '=', 'vetted')]),
          eb.or([
            eb('organisation.standing', '<>', 'vetted'),
            eb('organisation.vetted_until', 'is', null),
            eb('organisation.vetted_until', '<', today),
          ]),
        ]),
      ]),
    )
    // a leader who stands alone rests instead, see `dropFromTeams`
    .where((eb) =>
      eb.or([
        eb('team_member.organisation_id', '<>', eb.ref('team.leader_id')),
        eb('team.state', '=', 'forming'),
        eb.exists(
          eb
            .selectFrom('team_member as other')
            .select('other.team_id')
            .whereRef('other.team_id', '=', 'team.id')
            .whereRef('other.organisation_id', '<>', 'team.leader_id')
            .where('other.state', '=', 'accepted'),
        ),
      ]),
    )
    .orderBy('organisation.id')
    .execute();
  return rows.map(({ id }) => id);
}
