import { contextOf, NOW, organisation } from './trade.ts';
import type { TestDatabase } from './postgres.ts';
import type { Member } from '#lib/domain/account/actor.ts';
import type { PartnerAudience } from '#lib/domain/engagement/team.ts';
import { setPartnerConsent } from '#lib/server/engagement/partner-commands.ts';
import { acceptTeam, askPartner } from '#lib/server/engagement/team-commands.ts';

/** A notice that no single company covers, and companies that cover a part of it each. */

interface FirmOptions {
  capabilities?: readonly string[];
  certifications?: readonly string[];
  consent?: PartnerAudience | null;
  standing?: 'registered' | 'vetted';
  pseudonymous?: boolean;
}

/** A published company with capabilities; agrees to be proposed unless said otherwise. */
export async function firm(database: TestDatabase, name: string, options: FirmOptions = {}): Promise<Member> {
  const { capabilities = [], certifications = [], consent = 'all', standing = 'vetted' } = options;
  const member = await organisation(database, {
    name,
    standing,
    vettedUntil: standing === 'vetted' ? '2027-12-31' : null,
  });
  const organisation_id = member.organisationId;
  for (const capability of capabilities)
    await database.db
      .insertInto('company_capability')
      .values({ organisation_id, capability, minerals: ['graphite'], evidence: 'audited' })
      .execute();
  for (const certification of certifications)
    await database.db
      .insertInto('company_certification')
      .values({ organisation_id, certification, valid_to: '2028-12-31', verified: true })
      .execute();
  if (options.pseudonymous === true)
    await database.db
      .updateTable('company')
      .set({ pseudonymous: true })
      .where('organisation_id', '=', organisation_id)
      .execute();
  await stale(database, 'company', organisation_id);
  if (consent !== null) await must(setPartnerConsent(contextOf(database, member), { audience: consent }));
  return member;
}

/** What was written past the commands is told to matching. */
export async function stale(
  database: TestDatabase,
  kind: 'company' | 'opportunity',
  id: string,
): Promise<void> {
  await database.db.insertInto('entity_change').values({ kind, id }).execute();
}

export interface NoticeOptions {
  deadline?: string;
  teamMax?: number;
  requiresVetted?: boolean;
}

/** Must lines q1 filters, q2 shaft, q3 laboratory, q4 ISO 14001. */
export async function teamNotice(
  database: TestDatabase,
  lead: Member,
  options: NoticeOptions = {},
): Promise<string> {
  const { id } = await database.db
    .insertInto('opportunity')
    .values({
      organisation_id: lead.organisationId,
      publisher: 'Lead',
      country: 'TZ',
      type: 'epc',
      title_en: 'Plant with mine',
      title_ko: '광산과 플랜트',
      minerals: ['graphite'],
      deadline: options.deadline ?? '2027-12-18T14:00:00Z',
      team_max: options.teamMax ?? 3,
      requires_vetted: options.requiresVetted ?? false,
      status: 'draft',
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const lines = ['dewatering-filters', 'shaft-sinking', 'assay-lab'].map((capability, at) => ({
    opportunity_id: id,
    external_id: `q${at + 1}`,
    position: at + 1,
    must: true,
    kind: 'capability' as const,
    capability,
    minerals: [],
  }));
  await database.db.insertInto('requirement').values(lines).execute();
  await database.db
    .insertInto('requirement')
    .values({
      opportunity_id: id,
      external_id: 'q4',
      position: 4,
      must: true,
      kind: 'certifications_any',
      certifications: ['iso-14001'],
    })
    .execute();
  await database.db
    .updateTable('opportunity')
    .set({ status: 'published', published_at: NOW, frozen_at: NOW })
    .where('id', '=', id)
    .execute();
  await stale(database, 'opportunity', id);
  return id;
}

/** A team of a leader with partners who accepted; its id. */
export async function teamOf(
  database: TestDatabase,
  opportunity: string,
  leader: Member,
  partners: readonly Member[],
  now = NOW,
): Promise<string> {
  let id = '';
  for (const partner of partners) {
    const asked = await must(
      askPartner(contextOf(database, leader, now), {
        opportunity,
        company: partner.organisationId,
        message: 'Shall we?',
      }),
    );
    id = asked.team;
    await must(acceptTeam(contextOf(database, partner, now), { team: id, evidence: [] }));
  }
  return id;
}

export async function must<T>(
  outcome: Promise<{ ok: true; value: T } | { ok: false; code: string }>,
): Promise<T> {
  const settled = await outcome;
  if (!settled.ok) throw new Error(`refused: ${settled.code}`);
  return settled.value;
}

export async function code(outcome: Promise<{ ok: boolean; code?: string }>): Promise<string> {
  const settled = await outcome;
  return settled.ok ? 'done' : (settled.code ?? '');
}
