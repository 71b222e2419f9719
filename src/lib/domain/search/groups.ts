/**
 * Shelves of long facets: minerals by how the trade speaks of them, countries by region. A shelf is a value of the
 * facet itself, written `@id`, so that it can be chosen beside single values and is counted as exactly as they are.
 */

/** Every mineral of minerals.csv stands on one shelf. Own arrangement, after the groups of the lexicon. */
export const MINERAL_SHELVES = {
  'battery-minerals': ['lithium', 'nickel', 'cobalt', 'manganese', 'graphite'],
  'rare-earths': [
    ...['rare-earths', 'neodymium', 'praseodymium', 'dysprosium', 'terbium', 'cerium', 'lanthanum'],
    ...['samarium', 'gadolinium', 'yttrium', 'scandium'],
  ],
  'base-metals': ['copper', 'aluminium', 'zinc', 'lead', 'tin'],
  'refractory-metals': [
    ...['tungsten', 'molybdenum', 'niobium', 'tantalum', 'rhenium', 'chromium', 'vanadium', 'titanium'],
    ...['zirconium', 'hafnium', 'magnesium', 'beryllium'],
  ],
  'minor-metals': [
    ...['gallium', 'germanium', 'indium', 'silicon', 'selenium', 'tellurium', 'antimony', 'bismuth'],
    ...['arsenic', 'strontium', 'cesium', 'rubidium'],
  ],
  'precious-metals': ['platinum-group', 'platinum', 'palladium', 'rhodium', 'silver'],
  'industrial-minerals': [
    ...['fluorspar', 'barite', 'boron', 'phosphate', 'potash', 'feldspar', 'helium', 'uranium'],
    'metallurgical-coal',
  ],
} as const satisfies Record<string, readonly string[]>;
export type MineralShelf = keyof typeof MINERAL_SHELVES;

/** Regions of countries.csv, by ISO alpha-2. */
export const REGION_SHELVES = {
  africa: [
    ...['NA', 'CD', 'ZM', 'AO', 'BI', 'BF', 'BW', 'CM', 'CI', 'DZ', 'EG', 'ET', 'GA', 'GH'],
    ...['GN', 'KE', 'LR', 'MA', 'MG', 'ML', 'MZ', 'MR', 'MW', 'NE', 'NG', 'RW', 'SN', 'SL'],
    ...['TG', 'TN', 'TZ', 'UG', 'ZA', 'ZW', 'CG'],
  ],
  americas: [
    ...['CA', 'US', 'AR', 'GL', 'MX', 'PE', 'DO', 'EC', 'CL', 'BR', 'BO', 'CO', 'CU', 'GT'],
    ...['JM', 'PA', 'PY', 'VE', 'GY', 'SR'],
  ],
  asia: [
    ...['KR', 'IN', 'JP', 'KZ', 'UZ', 'PH', 'TR', 'CN', 'ID', 'MN', 'VN', 'LA', 'MM', 'TH'],
    ...['MY', 'KH', 'LK', 'BT', 'PK', 'TW', 'KP', 'SG', 'KG', 'TJ', 'TM', 'AZ', 'AM', 'GE'],
    ...['IR', 'SA', 'AE', 'OM', 'BH', 'QA', 'IL', 'JO', 'SY'],
  ],
  europe: [
    ...['EU', 'EE', 'FI', 'FR', 'DE', 'IT', 'NO', 'SE', 'GB', 'BE', 'UA', 'RS', 'RU', 'BY'],
    ...['PT', 'ES', 'PL', 'CZ', 'AT', 'GR', 'BG', 'HU', 'IE', 'IS', 'LV', 'NL', 'CH', 'AL'],
    ...['BA', 'MK', 'SK', 'RO'],
  ],
  oceania: [...['AU', 'PG', 'NC', 'NZ']],
} as const satisfies Record<string, readonly string[]>;
export type RegionShelf = keyof typeof REGION_SHELVES;

const MARK = '@';

function byMember(shelves: Readonly<Record<string, readonly string[]>>): ReadonlyMap<string, string> {
  return new Map(Object.entries(shelves).flatMap(([shelf, members]) => members.map((one) => [one, shelf])));
}

const SHELF_OF_MINERAL = byMember(MINERAL_SHELVES);
const SHELF_OF_COUNTRY = byMember(REGION_SHELVES);

/** The facets that have shelves. */
export type ShelvedFacet = 'mineral' | 'country';

/** The shelf that a value of a facet stands on; null for one that no file names. */
export function shelfOf(facet: ShelvedFacet, value: string): string | null {
  return (facet === 'mineral' ? SHELF_OF_MINERAL : SHELF_OF_COUNTRY).get(value) ?? null;
}

/** A shelf as a value of its facet: `@battery-minerals`. */
export function shelfValue(shelf: string): string {
  return MARK + shelf;
}

/** The shelf that a value of a facet names; null for a single value. */
export function shelfNamed(value: string): string | null {
  return value.startsWith(MARK) ? value.slice(MARK.length) : null;
}

/** The values of a facet with the shelves they stand on, each once. */
export function withShelves(facet: ShelvedFacet, values: readonly string[]): string[] {
  const shelves = values.map((value) => shelfOf(facet, value)).filter((shelf) => shelf !== null);
  return [...values, ...new Set(shelves.map(shelfValue))];
}
