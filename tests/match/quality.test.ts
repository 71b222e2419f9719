import { describe, expect, it } from 'vitest';
import { opportunityFromRecord } from '#lib/domain/match/from-record.ts';
import { MODEL } from '#lib/domain/match/model.ts';
import { evaluate, measure } from './evaluate.ts';
import { bm25Rankings, prepare, rankings } from './judge.ts';
import { readDevelopment } from './read-development.ts';
import { readTable, readWorld } from './world.ts';

const set = readDevelopment();
const world = readWorld();
const prepared = prepare(set, world);

describe('the development set', () => {
  it('names only ids of the reference data and records of its own', () => {
    const ids = (file: string): Set<string> =>
      new Set(readTable(file).map((row) => row['id'] ?? row['iso2'] ?? ''));
    const leaves = ids('capability_taxonomy.csv');
    const minerals = ids('minerals.csv');
    const certificates = ids('certifications.csv');
    const countries = ids('countries.csv');
    for (const company of set.companies) {
      for (const { capability, minerals: named } of company.capabilities) {
        expect(leaves, `${company.id} ${capability}`).toContain(capability);
        for (const mineral of named) expect(minerals, `${company.id} ${mineral}`).toContain(mineral);
      }
      for (const { id } of company.certifications) expect(certificates, `${company.id} ${id}`).toContain(id);
      for (const { country } of company.country_experience) expect(countries).toContain(country);
    }
    const companies = new Set(set.companies.map(({ id }) => id));
    for (const [need, grades] of set.grades)
      for (const [id, grade] of grades) {
        expect(companies, `${need} ${id}`).toContain(id);
        expect([0, 1, 2, 3]).toContain(grade);
      }
    expect(set.opportunities.map(({ id }) => id)).toEqual([...set.grades.keys()]);
  });

  it('is ranked well above BM25', () => {
    const ours = measure('ours', rankings(prepared, MODEL), set);
    const peer = measure('BM25', bm25Rankings(prepared), set);
    expect(ours.ndcg10.mean).toBeGreaterThan(0.95);
    expect(ours.ndcg10.mean - peer.ndcg10.mean).toBeGreaterThan(0.12);
    expect(ours.recall50.mean).toBeGreaterThan(0.95);
  });

  it('is what the command prints, beside the peer and with intervals', () => {
    const lines: string[] = [];
    evaluate((line) => lines.push(line), true);
    const figures = 'NDCG@10 0\\.\\d{3} \\[0\\.\\d{3}, [01]\\.\\d{3}\\]  recall@50 .+  precision@5 .+';
    expect(lines[1]).toMatch(new RegExp(`^model ${MODEL.id} +${figures}$`, 'u'));
    expect(lines[2]).toMatch(new RegExp(`^BM25 +${figures}$`, 'u'));
    expect(lines[3]).toMatch(/^SMEs: \d+ % of the first ten, \d+ % of what is relevant$/u);
    expect(lines).toHaveLength(4 + set.opportunities.length);
  });

  it('lists nobody whom a rule shuts out', () => {
    const companies = new Map(prepared.companies.map((company) => [company.id, company]));
    for (const record of set.opportunities) {
      const opportunity = opportunityFromRecord(record, world.lexicon);
      for (const id of rankings(prepared, MODEL, new Set([record.id])).get(record.id) ?? []) {
        const company = companies.get(id);
        expect(company?.status).not.toBe('suspended');
        if (record.visibility === 'vetted') expect(company?.status).toBe('vetted');
        for (const line of opportunity.requirements)
          if (line.must && line.kind === 'certifications_any')
            expect(
              company?.certifications.some(
                ({ id: held, validTo }) =>
                  line.certifications.includes(held) && (validTo ?? '9') >= (opportunity.deadlineDay ?? ''),
              ),
            ).toBe(true);
      }
    }
  });
});

describe('the relations', () => {
  it('cover the whole taxonomy, with degrees between 0 and 1 and a reason in both languages', () => {
    const leaves = readTable('capability_taxonomy.csv').map((row) => row['id'] ?? '');
    const rows = readTable('capability_relations.csv');
    const answered = new Set(
      rows.flatMap((row) => [row['from'], row['symmetric'] === 'true' ? row['to'] : row['from']]),
    );
    expect(leaves.filter((leaf) => !answered.has(leaf))).toEqual([]);
    for (const row of rows) {
      expect(leaves).toContain(row['from']);
      expect(leaves).toContain(row['to']);
      expect(Number(row['degree'])).toBeGreaterThan(MODEL.stageDegree);
      expect(Number(row['degree'])).toBeLessThan(1);
      expect(row['reason_en']).toMatch(/\.$/u);
      expect(row['reason_ko']).toMatch(/다\.$/u);
    }
    expect(rows.length).toBeGreaterThan(300);
    const minerals = new Set(readTable('minerals.csv').map((row) => row['id']));
    for (const row of readTable('mineral_relations.csv'))
      for (const mineral of (row['minerals'] ?? '').split('|')) expect(minerals).toContain(mineral);
  });
});
