import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDatabase, type TestDatabase } from '../support/postgres.ts';
import { VISITOR } from '#lib/domain/account/actor.ts';
import { countMembers } from '#lib/domain/framework/membership.ts';
import { listProjects, projectFilters } from '#lib/domain/project/listing.ts';
import { frameworkDetail, frameworkOnDay, membershipsOf } from '#lib/server/framework/queries.ts';
import { countryCards, countryDetail } from '#lib/server/insight/country-queries.ts';
import { mineralCards, mineralDetail, referenceTotals } from '#lib/server/insight/mineral-queries.ts';
import type { Context } from '#lib/server/platform/context.ts';
import {
  projectCards,
  projectDetail,
  projectsOfMinerals,
  projectTotals,
} from '#lib/server/project/queries.ts';

let database: TestDatabase;
let ctx: Context;

beforeAll(async () => {
  database = await createDatabase();
  ctx = {
    db: database.db,
    actor: VISITOR,
    now: () => new Date('2026-11-23T03:00:00Z'),
    lang: 'ko',
    requestId: 'test',
  };
});
afterAll(() => database.drop());

describe('frameworks', () => {
  it('had 14 countries and the EU in the MSP on 2024-06-30', async () => {
    const { members } = await frameworkOnDay(ctx, 'msp', '2024-06-30');
    expect(countMembers(members)).toEqual({ countries: 14, union: true });
    expect(members.map((one) => one.country.id)).not.toContain('BE');
  });

  it('had 15 countries and the EU on 2025-11-18, Belgium among them, New Zealand observing', async () => {
    const { members, observers } = await frameworkOnDay(ctx, 'msp', '2025-11-18');
    expect(countMembers(members)).toEqual({ countries: 15, union: true });
    expect(members.map((one) => one.country.id)).toContain('BE');
    expect(observers.map((one) => one.country.id)).toEqual(['NZ']);
  });

  it('had Belgium, Poland and New Zealand as observers on 2025-03-04', async () => {
    const { observers } = await frameworkOnDay(ctx, 'msp', '2025-03-04');
    expect(observers.map((one) => one.country.id).sort()).toEqual(['BE', 'NZ', 'PL']);
  });

  it('was chaired by Korea on 2025-01-01', async () => {
    const { chair } = await frameworkOnDay(ctx, 'msp', '2025-01-01');
    expect(chair).toMatchObject({ known: true, chairs: [{ country: { id: 'KR' } }] });
  });

  it('has an unknown chair on 2026-09-01, and says who was last', async () => {
    const { chair } = await frameworkOnDay(ctx, 'forge', '2026-09-01');
    expect(chair).toMatchObject({
      known: false,
      last: { country: { id: 'KR' }, toText: '2026-07' },
      next: null,
    });
    expect((await frameworkOnDay(ctx, 'msp', '2026-09-01')).chair).toMatchObject({ known: false });
    expect((await frameworkOnDay(ctx, 'edcf', '2026-09-01')).chair).toBeNull();
  });

  it('keeps MSP, MSP Forum and FORGE apart', async () => {
    const forum = await frameworkOnDay(ctx, 'msp-forum', '2025-01-01');
    expect(countMembers(forum.members)).toEqual({ countries: 15, union: false });
    expect(forum.chair).toMatchObject({ known: true });
    expect((await frameworkOnDay(ctx, 'msp', '2026-02-04')).members).toEqual([]);
    expect(countMembers((await frameworkOnDay(ctx, 'forge', '2026-02-04')).members).countries).toBe(15);
    expect((await frameworkOnDay(ctx, 'forge', '2026-02-03')).members).toEqual([]);
  });

  it('shows a framework that has ended on its last day, with what followed', async () => {
    const msp = await frameworkDetail(ctx, 'msp', null);
    expect(msp?.on.day).toBe('2026-02-03');
    expect(msp?.successors.map((one) => one.id)).toEqual(['forge']);
    const forge = await frameworkDetail(ctx, 'forge', null);
    expect(forge?.on.day).toBe('2026-11-23');
    expect(forge?.predecessor?.id).toBe('msp');
    expect(await frameworkDetail(ctx, 'none', null)).toBeNull();
  });

  it('knows a country by its memberships, also of one day', async () => {
    const all = await membershipsOf(ctx, 'BE');
    expect(
      all
        .filter((one) => one.framework.id === 'msp')
        .map((one) => one.role)
        .sort(),
    ).toEqual(['member', 'observer']);
    const then = await membershipsOf(ctx, 'BE', '2025-06-01');
    expect(then.map((one) => [one.framework.id, one.role])).toEqual([['msp', 'observer']]);
  });
});

describe('minerals', () => {
  it('are counted without their groups', async () => {
    expect(await referenceTotals(ctx)).toEqual({ korea: 33, minerals: 59, capabilities: 168 });
  });

  it('list the strategic ten first and count projects', async () => {
    const cards = await mineralCards(ctx);
    expect(cards.slice(0, 10).every((one) => one.strategic)).toBe(true);
    expect(cards.find((one) => one.id === 'graphite')).toMatchObject({ projects: 7, opportunities: 0 });
    expect(cards.find((one) => one.id === 'cerium')).toMatchObject({
      projects: 0,
      groupProjects: 15,
      group: { id: 'rare-earths' },
    });
  });

  it('have shares, reserves and concentration of the newest year', async () => {
    const graphite = await mineralDetail(ctx, 'graphite');
    const [year, before] = graphite?.production[0]?.years ?? [];
    expect(year).toMatchObject({
      year: 2025,
      edition: 'MCS2026',
      worldTotal: 1_800_000,
      concentration: 6114,
    });
    expect(year?.countries[0]).toMatchObject({ place: 'CN', production: 1_400_000 });
    expect(before).toMatchObject({ year: 2024, edition: 'MCS2026', concentration: 6771 });
    expect(graphite?.reserves).toMatchObject({ world: 310_000_000, unit: 't' });
    expect(graphite?.countries.CN?.ko).toBe('중국');
  });

  it('have every quotation, gaps left open', async () => {
    const cobalt = await mineralDetail(ctx, 'cobalt');
    expect(cobalt?.prices.map((one) => one.series)).toEqual(['LME cash', 'US spot, cathode']);
    const rare = await mineralDetail(ctx, 'rare-earths');
    expect(rare?.prices[0]?.points[0]).toEqual({ year: 2020, price: null, estimated: false });
  });

  it('of a group borrow its statistics and say so', async () => {
    const cerium = await mineralDetail(ctx, 'cerium');
    expect(cerium?.statisticsOf.id).toBe('rare-earths');
    expect(cerium?.production[0]?.years[0]?.worldTotal).toBe(390_000);
    expect((await mineralDetail(ctx, 'lithium'))?.statisticsOf.id).toBe('lithium');
    expect(await mineralDetail(ctx, 'unobtainium')).toBeNull();
  });

  it('keep copper mine output of the one complete year', async () => {
    const copper = await mineralDetail(ctx, 'copper');
    expect(copper?.production.map((one) => [one.stage, one.years[0]?.year])).toEqual([
      ['refinery', 2025],
      ['mine', 2024],
    ]);
  });
});

describe('countries', () => {
  it('have projects and production with share and rank', async () => {
    expect(await countryCards(ctx)).toHaveLength(128);
    const tanzania = await countryDetail(ctx, 'TZ', null);
    expect(tanzania).toMatchObject({ projects: 3, iso3: 'TZA', eiti: ['implementing'] });
    expect(tanzania?.production[0]).toMatchObject({ mineral: { id: 'graphite' }, rank: 3, year: 2025 });
    expect(await countryDetail(ctx, 'XX', null)).toBeNull();
  });
});

describe('projects', () => {
  it('come whole, or in the order of the ids that a search found', async () => {
    expect(await projectCards(ctx)).toHaveLength(57);
    const cards = await projectCards(ctx, ['sangdong', 'none', 'mahenge']);
    expect(cards.map((one) => one.id)).toEqual(['sangdong', 'mahenge']);
    expect(cards[1]).toMatchObject({
      name: { ko: '마헹게 흑연', en: 'Mahenge Graphite' },
      korean: { ko: ['포스코인터내셔널', '포스코퓨처엠'], en: ['POSCO International', 'POSCO Future M'] },
    });
    expect(await projectCards(ctx, [])).toEqual([]);
  });

  it('are filtered and counted as the lists then show', async () => {
    const cards = await projectCards(ctx);
    const filters = projectFilters(
      new URLSearchParams('mineral=graphite&mineral=nickel&msp=yes&phase=nonsense'),
    );
    const listing = listProjects(cards, filters, 'name', (names) => names.ko);
    expect(listing.matches.every((one) => one.msp === 'yes')).toBe(true);
    for (const country of listing.counts.country.keys()) {
      const narrowed = listProjects(cards, { ...filters, country: [country] }, 'name', (names) => names.ko);
      expect(narrowed.matches).toHaveLength(listing.counts.country.get(country) ?? -1);
    }
    expect(listing.counts.msp.get('no')).toBe(
      listProjects(cards, { ...filters, msp: ['no'] }, 'name', (names) => names.ko).matches.length,
    );
  });

  it('have one site, many minerals and many stages', async () => {
    const detail = await projectDetail(ctx, 'kemco-nickel');
    expect(detail).toMatchObject({ stages: ['midstream', 'recycling'], country: { id: 'KR' } });
    expect(detail?.reasons.every((one) => one.reason.ko && one.reason.en)).toBe(true);
    expect(await projectDetail(ctx, 'none')).toBeNull();
    expect(await projectTotals(ctx)).toEqual({ projects: 57, countries: 27, korean: 39 });
    expect((await projectsOfMinerals(ctx, ['graphite'])).slice(0, 3).every((one) => one.msp === 'yes')).toBe(
      true,
    );
  });
});
