import { describe, expect, it } from 'vitest';
import { productionStages, reservesOf, type OutputRow } from './production.ts';

function row(
  place: string,
  year: number,
  edition: string,
  production: number | null,
  more: Partial<OutputRow> = {},
) {
  return {
    place,
    year,
    edition,
    production,
    stage: 'mine',
    unit: 't',
    reserves: null,
    reservesUnit: '',
    estimated: false,
    source: 'test',
    confidence: 'verified' as const,
    asOf: '2026-11-23',
    ...more,
  };
}

describe('productionStages', () => {
  it('takes the newest edition of a year and keeps shares within it', () => {
    const [mine] = productionStages([
      row('CN', 2024, 'MCS2025', 100),
      row('world_total', 2024, 'MCS2025', 200),
      row('CN', 2024, 'MCS2026', 90),
      row('BR', 2024, 'MCS2026', 10),
      row('world_total', 2024, 'MCS2026', 120),
    ]);
    expect(mine?.years).toHaveLength(1);
    expect(mine?.years[0]).toMatchObject({ edition: 'MCS2026', worldTotal: 120, rest: 20 });
    expect(mine?.years[0]?.countries).toEqual([
      { place: 'CN', production: 90, share: 0.75 },
      { place: 'BR', production: 10, share: 10 / 120 },
    ]);
  });

  it('prefers an older edition that has a world total', () => {
    const [mine] = productionStages([
      row('CL', 2024, 'MCS2025', 50),
      row('world_total', 2024, 'MCS2025', 230),
      row('US', 2024, 'MCS2026', 11),
      row('US', 2025, 'MCS2026', 10),
    ]);
    expect(mine?.years.map((year) => [year.year, year.edition])).toEqual([[2024, 'MCS2025']]);
  });

  it('shows what there is when no year has a world total', () => {
    const [mine] = productionStages([row('US', 2024, 'MCS2026', 11), row('US', 2025, 'MCS2026', 10)]);
    expect(mine?.years[0]).toMatchObject({ year: 2025, worldTotal: null, rest: null, concentration: null });
  });

  it('puts the newest complete stage first and withheld figures nowhere', () => {
    const stages = productionStages([
      row('CN', 2024, 'MCS2025', 1),
      row('world_total', 2024, 'MCS2025', 2),
      row('CN', 2025, 'MCS2026', 1, { stage: 'refinery' }),
      row('US', 2025, 'MCS2026', null, { stage: 'refinery' }),
      row('world_total', 2025, 'MCS2026', 2, { stage: 'refinery' }),
    ]);
    expect(stages.map((one) => one.stage)).toEqual(['refinery', 'mine']);
    expect(stages[0]?.years[0]?.countries).toHaveLength(1);
  });

  it('has no rest when rounded figures add up to more than the world', () => {
    const [mine] = productionStages([row('CN', 2025, 'E', 11), row('world_total', 2025, 'E', 10)]);
    expect(mine?.years[0]?.rest).toBeNull();
  });
});

describe('reservesOf', () => {
  it('reads the newest edition', () => {
    const reserves = reservesOf([
      row('CN', 2024, 'MCS2025', 1, { reserves: 5, reservesUnit: 't' }),
      row('CN', 2025, 'MCS2026', 1, { reserves: 7, reservesUnit: 't', confidence: 'recalled' }),
      row('world_total', 2025, 'MCS2026', 1, { reserves: 9, reservesUnit: 't' }),
    ]);
    expect(reserves).toMatchObject({ year: 2025, world: 9, confidence: 'recalled' });
    expect(reservesOf([row('CN', 2025, 'MCS2026', 1)])).toBeNull();
  });
});
