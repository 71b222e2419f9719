import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  allZones,
  instantIn,
  isKnownZone,
  isLocalTime,
  localIn,
  zonesOfCountry,
} from '#lib/domain/opportunity/zones.ts';

describe('time zones', () => {
  it('knows the clock of each country by its first entry', () => {
    expect(zonesOfCountry('TZ')).toEqual(['Africa/Dar_es_Salaam']);
    expect(zonesOfCountry('XX')).toEqual([]);
    expect(isKnownZone('Mars/Olympus')).toBe(false);
    for (const { zone } of allZones()) expect(() => localIn(new Date(0), zone)).not.toThrow();
  });

  it('reads a deadline on the clock it was typed in', () => {
    expect(instantIn('2026-12-18T17:00', 'Africa/Dar_es_Salaam').toISOString()).toBe(
      '2026-12-18T14:00:00.000Z',
    );
    expect(localIn(new Date('2026-12-18T14:00:00Z'), 'Asia/Seoul')).toBe('2026-12-18T23:00');
  });

  it('takes the later of an hour that occurs twice, and goes on counting over one that is skipped', () => {
    expect(instantIn('2026-10-25T02:30', 'Europe/Berlin').toISOString()).toBe('2026-10-25T01:30:00.000Z');
    expect(instantIn('2026-03-29T02:30', 'Europe/Berlin').toISOString()).toBe('2026-03-29T01:30:00.000Z');
  });

  it('reads back what a clock shows, for any minute and zone', () => {
    const minute = fc
      .integer({ min: 0, max: 20 * 365 * 24 * 60 })
      .map((n) => new Date(Date.UTC(2020, 0, 1) + n * 60_000));
    fc.assert(
      fc.property(minute, fc.constantFrom(...allZones()), (instant, { zone }) => {
        const local = localIn(instant, zone);
        const back = instantIn(local, zone);
        expect(localIn(back, zone)).toBe(local);
        expect(back.getTime() - instant.getTime()).toBeGreaterThanOrEqual(0);
        expect(back.getTime() - instant.getTime()).toBeLessThanOrEqual(3600_000);
      }),
    );
  });

  it('refuses what is on no calendar', () => {
    expect(isLocalTime('2026-02-29T10:00')).toBe(false);
    expect(isLocalTime('2026-02-28T24:00')).toBe(false);
    expect(isLocalTime('2026-02-28T10:00')).toBe(true);
  });
});
