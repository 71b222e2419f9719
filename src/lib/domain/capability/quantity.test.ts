import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseFormula } from '#lib/domain/capability/formula.ts';
import { conversion, convert, isUnit, parseUnit, type Unit } from '#lib/domain/capability/quantity.ts';

function unit(text: string): Unit {
  const reading = parseUnit(text);
  if (!reading.ok) throw new Error(`${text}: ${reading.fault}`);
  return reading.unit;
}
const between = (amount: number, from: string, to: string) => convert(amount, unit(from), unit(to));

describe('parseUnit', () => {
  it.each([
    't/yr',
    't LCE/yr',
    't LiOH·H2O/yr',
    't Ni/month',
    'kg/h',
    'm3/day',
    'MW',
    'samples/yr',
    'km',
    'line-km',
    't TREO/yr',
    'kt Cu/yr',
    'people',
    'packs/month',
    't (NH4)2MoO4/yr',
    't NiSO4·6H2O/yr',
    't Li₂CO₃/yr',
    'shipping-containers/month',
    'Mt/yr',
    't U3O8/yr',
    'm2',
    'GWh/yr',
    'ha',
    'L/h',
  ])('reads %s', (text) => {
    expect(isUnit(text)).toBe(true);
  });

  it.each([
    ['', 'empty'],
    ['T/yr', 'unit'],
    ['tonnes/yr', 'unit'],
    ['Samples', 'unit'],
    ['t/year', 'period'],
    ['t/yr/day', 'period'],
    ['t/', 'period'],
    ['t per year', 'substance'],
    ['t Xx/yr', 'substance'],
    ['t lce/yr', 'substance'],
    ['t REO/yr', 'substance'],
    ['t 2Ni', 'substance'],
    ['t ()Ni', 'substance'],
    ['t  Ni', 'substance'],
    ['constructor', null],
    ['toString', 'unit'],
  ])('answers %j with %s', (text, fault) => {
    const reading = parseUnit(text);
    expect(reading.ok ? null : reading.fault).toBe(fault);
  });

  it('says what to write instead of a usual mistake', () => {
    expect(parseUnit('tonnes/yr')).toMatchObject({ hint: 't' });
    expect(parseUnit('t/year')).toMatchObject({ hint: 'yr' });
  });

  it('never throws, whatever it is given', () => {
    fc.assert(fc.property(fc.string(), (text) => typeof parseUnit(text).ok === 'boolean'));
  });
});

describe('parseFormula', () => {
  // computed by hand from the IUPAC weights
  it.each([
    ['Li2CO3', 2 * 6.94 + 12.011 + 3 * 15.999],
    ['LiOH·H2O', 6.94 + 15.999 + 1.008 + 2 * 1.008 + 15.999],
    ['NiSO4·6H2O', 58.693 + 32.06 + 4 * 15.999 + 6 * (2 * 1.008 + 15.999)],
    ['(NH4)2MoO4', 2 * (14.007 + 4 * 1.008) + 95.95 + 4 * 15.999],
    ['Nd2O3', 2 * 144.24 + 3 * 15.999],
  ])('%s weighs %f g/mol', (text, mass) => {
    expect(parseFormula(text)?.molarMass).toBeCloseTo(mass, 9);
  });

  it.each(['', 'li', 'Li(', 'Li)', '()', '2', 'Li2CO3·', 'H2Oo', 'Li2C0O0'])('refuses %j', (text) => {
    expect(parseFormula(text)).toBeNull();
  });
});

describe('convert', () => {
  it.each([
    [1, 't/yr', 'kg/yr', 1000],
    [1, 'kt/yr', 't/month', 1000 / 12],
    [10, 'kg/h', 't/yr', 87.6],
    [1, 't/day', 't/yr', 365],
    [1, 't/month', 't/day', 12 / 365],
    [1, 'Mt', 'kt', 1000],
    [500, 'g', 'kg', 0.5],
    [1, 'km2', 'ha', 100],
    [1, 'm3', 'L', 1000],
    [2, 'GW', 'MW', 2000],
    [1, 'GWh', 'kWh', 1e6],
    [3, 'samples/month', 'samples/yr', 36],
    [7, 'units', 'units', 7],
    // lithium: 1 t Li = 5.323 t LCE; 1 t LCE = 1.136 t LiOH·H2O
    [1, 't Li/yr', 't LCE/yr', 5.3233],
    [1, 't LCE/yr', 't LiOH·H2O/yr', 1.1358],
    [1, 't LCE/yr', 't Li2CO3/yr', 1],
    [1, 't Li2O', 't LCE', 2.4729],
    // nickel sulphate hexahydrate carries 22.33 % nickel
    [1, 't NiSO4·6H2O/yr', 't Ni/yr', 0.2233],
    [1, 't Nd2O3/yr', 't Nd/yr', 0.8574],
    [1, 't V2O5/yr', 't V/yr', 0.5602],
    [1, 't WO3', 't W', 0.793],
    [1, 't P2O5', 't P', 0.4364],
    [1, 't U3O8', 't U', 0.848],
    [1, 't LiFePO4', 't Li', 0.044],
  ])('%f %s is %s: %f', (amount, from, to, expected) => {
    expect(between(amount, from, to)).toBeCloseTo(expected, 4);
  });

  it.each([
    ['t/yr', 't', 'period'],
    ['t/yr', 'm3/yr', 'dimension'],
    ['line-km', 'km', 'dimension'],
    ['units', 'packs', 'noun'],
    ['t/yr', 't Ni/yr', 'substance'],
    ['t TREO/yr', 't Nd2O3/yr', 'substance'],
    ['t Ni/yr', 't Co/yr', 'substance'],
    ['t NdPr/yr', 't Nd/yr', 'substance'],
    ['kW', 'kWh', 'dimension'],
  ])('refuses %s to %s because of the %s', (from, to, reason) => {
    expect(conversion(unit(from), unit(to))).toEqual({ ok: false, reason });
  });

  const texts = fc.constantFrom(
    't/yr',
    'kg/h',
    'kt/month',
    'g/day',
    't Li/yr',
    'kg LCE/day',
    't LiOH·H2O/month',
    'units/yr',
    'km',
    't TREO/yr',
    'm3/h',
    'L/day',
    'GWh/yr',
  );
  const amounts = fc.double({ min: 1e-6, max: 1e12, noNaN: true });

  it('comes back to the same amount, and goes through a third unit to the same one', () => {
    fc.assert(
      fc.property(texts, texts, texts, amounts, (a, b, c, amount) => {
        const there = between(amount, a, b);
        if (there === null) return;
        expect(Math.abs((between(there, b, a) ?? NaN) / amount - 1)).toBeLessThan(1e-12);
        const third = between(there, b, c);
        const straight = between(amount, a, c);
        expect(third === null).toBe(straight === null);
        if (third !== null && straight !== null) expect(Math.abs(third / straight - 1)).toBeLessThan(1e-12);
      }),
    );
  });
});
