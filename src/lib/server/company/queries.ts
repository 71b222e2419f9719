import { sql } from 'kysely';
import { isVettedOn, organisationOf, VISITOR } from '#lib/domain/account/actor.ts';
import { isMember } from '#lib/domain/account/policy.ts';
import { profileItems, type ProfileItem } from '#lib/domain/company/completeness.ts';
import { wideProvince } from '#lib/domain/company/kept.ts';
import type { ExpiringCertificate } from '#lib/domain/company/home.ts';
import type { AnswerStep } from '#lib/domain/company/profile.ts';
import type { CompanySnapshot } from '#lib/domain/company/snapshot.ts';
import type { CompanyCard, CompanyView } from '#lib/domain/company/view.ts';
import { isUuid } from '#lib/domain/form/uuid.ts';
import { koreanDay } from '#lib/server/platform/clock.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { names } from '#lib/server/opportunity/present.ts';
import { audienceOf, type Audience } from '#lib/server/company/audience.ts';
import { ksicNames, reference, tagsOf, type Reference } from '#lib/server/company/choices.ts';
import { keptVetting, presentCompany, regionsOf } from '#lib/server/company/lines.ts';
import { readProfile, snapshotOf, type ProfileRows } from '#lib/server/company/present.ts';
import { maskedTo, visibleTo } from '#lib/server/company/visible.ts';

/** The actor's own profile, for its forms. */
export interface OwnProfile {
  rows: ProfileRows;
  snapshot: CompanySnapshot;
  items: ProfileItem[];
  published: boolean;
  version: number;
  changedSinceVetting: boolean;
  /** step → ISO time of its last save; also what a form hands back as `seen` */
  savedSteps: Partial<Record<AnswerStep, string>>;
}

/** The profile of the organisation acted for; null when the actor acts for none. */
export async function ownProfile(ctx: Context): Promise<OwnProfile | null> {
  const organisationId = organisationOf(ctx.actor);
  const rows = organisationId === null ? null : await readProfile(ctx.db, organisationId);
  if (rows === null) return null;
  const snapshot = snapshotOf(rows);
  const version = rows.identity.version ?? 0;
  return {
    rows,
    snapshot,
    items: profileItems(snapshot),
    published: rows.identity.published_at !== null,
    version,
    changedSinceVetting: rows.identity.vetted_version !== null && version > rows.identity.vetted_version,
    savedSteps: rows.identity.saved_steps ?? {},
  };
}

/** Is the profile of an organisation published? */
export async function isPublished(ctx: Context, organisationId: string): Promise<boolean> {
  const row = await ctx.db
    .selectFrom('company')
    .select('published_at')
    .where('organisation_id', '=', organisationId)
    .executeTakeFirst();
  return row !== undefined && row.published_at !== null;
}

/** The actor's own profile as others will see it: the public, or a vetted project lead. */
export async function previewCompany(ctx: Context, audience: 'public' | 'lead'): Promise<CompanyView | null> {
  const organisationId = organisationOf(ctx.actor);
  const rows = organisationId === null ? null : await readProfile(ctx.db, organisationId);
  if (rows === null) return null;
  return await present(ctx, rows, { masked: rows.identity.pseudonymous === true, audience });
}

/** May the actor know that the company is there, by name or without it? Also inside a transaction. */
export async function isKnown(
  at: { db: Context['db']; actor: Context['actor']; now: Date },
  id: string,
): Promise<boolean> {
  if (!isUuid(id)) return false;
  const row = await at.db
    .selectFrom('organisation')
    .innerJoin('company', 'company.organisation_id', 'organisation.id')
    .select('organisation.id')
    .where('organisation.id', '=', id)
    .where((eb) => eb.or([visibleTo(at.actor)(eb), maskedTo(at.actor, koreanDay(at.now))(eb)]))
    .executeTakeFirst();
  return row !== undefined;
}

/** A company as this actor may see it; null when it does not exist for the actor. */
export async function companyForViewer(ctx: Context, id: string): Promise<CompanyView | null> {
  if (!isUuid(id)) return null;
  const day = koreanDay(ctx.now());
  const found = await ctx.db
    .selectFrom('organisation')
    .innerJoin('company', 'company.organisation_id', 'organisation.id')
    .select((eb) => sql<boolean>`${visibleTo(ctx.actor)(eb)}`.as('named'))
    .where('organisation.id', '=', id)
    .where((eb) => eb.or([visibleTo(ctx.actor)(eb), maskedTo(ctx.actor, day)(eb)]))
    .executeTakeFirst();
  const rows = found ? await readProfile(ctx.db, id) : null;
  if (!found || !rows) return null;
  return await present(ctx, rows, { masked: !found.named, audience: audienceOf(ctx.actor, id, day) });
}

async function present(
  ctx: Context,
  rows: ProfileRows,
  options: { masked: boolean; audience: Audience },
): Promise<CompanyView> {
  const [book, ksic, latest] = await Promise.all([
    reference(ctx),
    ksicNames(ctx, rows.identity.ksic ?? []),
    ctx.db
      .selectFrom('company_version')
      .select('created_at')
      .where('organisation_id', '=', rows.identity.id)
      .orderBy('version', 'desc')
      .limit(1)
      .executeTakeFirst(),
  ]);
  return presentCompany(rows, book, {
    audience: options.audience,
    masked: options.masked,
    ksic,
    changedAt: latest?.created_at ?? rows.identity.published_at,
    today: koreanDay(ctx.now()),
  });
}

/** The day (ISO) of each published version of a company the actor may see, newest first. */
export async function versionDays(ctx: Context, id: string): Promise<{ version: number; at: string }[]> {
  const rows = await ctx.db
    .selectFrom('company_version')
    .select(['version', 'created_at'])
    .where('organisation_id', '=', id)
    .orderBy('version', 'desc')
    .limit(20)
    .execute();
  return rows.map((row) => ({ version: row.version, at: row.created_at.toISOString() }));
}

/** A card without its lists. */
export type CompanyFacts = Pick<
  CompanyCard,
  'id' | 'masked' | 'name' | 'size' | 'province' | 'standing' | 'vettedUntil'
>;

/**
 * Of some companies, those that stand open to everybody, by id. Told at a glance; how the actor stands to the others is
 * a longer look: ask `companyCards` for them.
 */
export async function openCompanies(
  { db }: Pick<Context, 'db'>,
  ids: readonly string[],
): Promise<Map<string, CompanyFacts>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('organisation')
    .innerJoin('company', 'company.organisation_id', 'organisation.id')
    .select([
      'organisation.id',
      'organisation.name_ko',
      'organisation.name_en',
      'organisation.standing',
      'organisation.vetted_until',
      'company.size',
      'company.province',
    ])
    .where(sql<boolean>`organisation.id = any(${[...ids]}::uuid[])`)
    .where((eb) => visibleTo(VISITOR)(eb))
    .execute();
  return new Map(
    rows.map(({ id, name_ko, name_en, standing, vetted_until, size, province }) => [
      id,
      {
        ...{ id, masked: false, name: names(name_ko, name_en), size, province, standing },
        vettedUntil: vetted_until,
      },
    ]),
  );
}

/** Cards in the order of the ids. Who may not be named stands masked; who may not be known of is left out. */
export async function companyCards(ctx: Context, ids: readonly string[]): Promise<CompanyCard[]> {
  const wanted = ids.filter(isUuid);
  if (wanted.length === 0) return [];
  const day = koreanDay(ctx.now());
  const [rows, lists, book] = await Promise.all([
    ctx.db
      .selectFrom('organisation')
      .innerJoin('company', 'company.organisation_id', 'organisation.id')
      .select([
        'organisation.id',
        'organisation.name_ko',
        'organisation.name_en',
        'organisation.standing',
        'organisation.vetted_until',
        'organisation.demo',
        'company.size',
        'company.province',
      ])
      .select((eb) => sql<boolean>`${visibleTo(ctx.actor)(eb)}`.as('named'))
      .where('organisation.id', 'in', wanted)
      .where((eb) => eb.or([visibleTo(ctx.actor)(eb), maskedTo(ctx.actor, day)(eb)]))
      .execute(),
    cardLists(ctx, wanted, day),
    reference(ctx),
  ]);
  const byId = new Map(
    rows.map((row): [string, CompanyCard] => {
      const card: CompanyCard = {
        id: row.id,
        masked: !row.named,
        name: names(row.name_ko, row.name_en),
        size: row.size,
        province: row.province,
        standing: row.standing,
        vettedUntil: row.vetted_until,
        demo: row.demo,
        regions: [],
        ...listsOf(row.id, lists, book),
      };
      return [row.id, row.named ? card : keptCard(card, book, day)];
    }),
  );
  return wanted.flatMap((id) => byId.get(id) ?? []);
}

/** A card without what would tell whose it is. */
function keptCard(card: CompanyCard, book: Reference, day: string): CompanyCard {
  return {
    ...card,
    name: names('', ''),
    province: wideProvince(card.province),
    ...keptVetting(card, day),
    countries: [],
    regions: regionsOf(
      card.countries.map(({ id }) => id),
      book,
    ),
  };
}

interface CardLists {
  capabilities: Map<string, { capability: string; minerals: string[] }[]>;
  certificates: Map<string, { certification: string }[]>;
  countries: Map<string, { country: string }[]>;
}

async function cardLists(ctx: Context, ids: readonly string[], day: string): Promise<CardLists> {
  const [capabilities, certificates, countries] = await Promise.all([
    ctx.db
      .selectFrom('company_capability')
      .select(['organisation_id', 'capability', 'minerals'])
      .where('organisation_id', 'in', ids)
      .orderBy('id')
      .execute(),
    ctx.db
      .selectFrom('company_certification')
      .select(['organisation_id', 'certification'])
      .distinct()
      .where('organisation_id', 'in', ids)
      .where((eb) => eb.or([eb('valid_to', 'is', null), eb('valid_to', '>=', day)]))
      .orderBy('certification')
      .execute(),
    ctx.db
      .selectFrom('company_country')
      .select(['organisation_id', 'country'])
      .distinct()
      .where('organisation_id', 'in', ids)
      .orderBy('country')
      .execute(),
  ]);
  return {
    capabilities: byCompany(capabilities),
    certificates: byCompany(certificates),
    countries: byCompany(countries),
  };
}

function byCompany<T extends { organisation_id: string }>(rows: readonly T[]): Map<string, T[]> {
  return Map.groupBy(rows, (row) => row.organisation_id);
}

function listsOf(
  id: string,
  lists: CardLists,
  book: Reference,
): Pick<CompanyCard, 'minerals' | 'capabilities' | 'certificates' | 'certificateIds' | 'countries'> {
  const entries = lists.capabilities.get(id) ?? [];
  const unique = (values: string[]) => [...new Set(values)];
  const certificateIds = (lists.certificates.get(id) ?? []).map((row) => row.certification);
  return {
    minerals: tagsOf(book, unique(entries.flatMap((row) => row.minerals))),
    capabilities: unique(entries.map((row) => row.capability)).flatMap(
      (capability) => book.capabilities.get(capability) ?? [],
    ),
    certificates: certificateIds.map((one) => book.certificates.get(one)?.name ?? one),
    certificateIds,
    countries: (lists.countries.get(id) ?? []).flatMap((row) => book.countries.get(row.country) ?? []),
  };
}

/** Certificates of the organisation acted for that run out by a day, or have run out; soonest first. */
export async function certificatesUntil(ctx: Context, day: string): Promise<ExpiringCertificate[]> {
  if (!isMember(ctx.actor)) return [];
  const rows = await ctx.db
    .selectFrom('company_certification')
    .innerJoin('certification', 'certification.id', 'company_certification.certification')
    .select(['company_certification.id', 'certification.name', 'valid_to'])
    .where('organisation_id', '=', ctx.actor.organisationId)
    .where('valid_to', 'is not', null)
    .where('valid_to', '<=', day)
    .orderBy('valid_to')
    .$narrowType<{ valid_to: string }>()
    .execute();
  return rows.map((row) => ({ id: row.id, name: row.name, validTo: row.valid_to }));
}

/** Of some companies, those that keep their name back from the actor. */
export async function maskedAmong(
  ctx: Pick<Context, 'db' | 'actor'>,
  ids: readonly string[],
): Promise<Set<string>> {
  if (ctx.actor.kind === 'system' || ctx.actor.kind === 'official' || ids.length === 0) return new Set();
  // Few keep their name back: only of those is asked how the actor stands to them.
  const kept = await ctx.db
    .selectFrom('company')
    .select('organisation_id as id')
    .where(sql<boolean>`organisation_id = any(${[...ids]}::uuid[])`)
    .where('pseudonymous', '=', true)
    .execute();
  if (kept.length === 0) return new Set();
  const rows = await ctx.db
    .selectFrom('organisation')
    .innerJoin('company', 'company.organisation_id', 'organisation.id')
    .select('organisation.id')
    .where(
      'organisation.id',
      'in',
      kept.map(({ id }) => id),
    )
    .where((eb) => eb.not(visibleTo(ctx.actor)(eb)))
    .execute();
  return new Set(rows.map((row) => row.id));
}

/**
 * Companies that keep their name back and that the actor may not even know to be there (`maskedTo`): nobody's but those
 * of a member whose lead is not vetted. Few, as few keep their name back.
 */
export async function keptFrom(ctx: Context): Promise<Set<string>> {
  const day = koreanDay(ctx.now());
  if (!isMember(ctx.actor) || (ctx.actor.lead && isVettedOn(ctx.actor, day))) return new Set();
  const rows = await ctx.db
    .selectFrom('organisation')
    .innerJoin('company', 'company.organisation_id', 'organisation.id')
    .select('organisation.id')
    .where('company.pseudonymous', '=', true)
    .where((eb) => eb.not(visibleTo(ctx.actor)(eb)))
    .execute();
  return new Set(rows.map(({ id }) => id));
}

/** Of external ids (of any source), those of companies that keep their name back. */
export async function pseudonymousAmong(
  db: Context['db'],
  externalIds: readonly string[],
): Promise<Set<string>> {
  const rows = await db
    .selectFrom('organisation')
    .innerJoin('company', 'company.organisation_id', 'organisation.id')
    .select('organisation.external_id')
    .where('organisation.external_id', 'in', [...externalIds])
    .where('company.pseudonymous', '=', true)
    .execute();
  return new Set(rows.map((row) => row.external_id));
}
