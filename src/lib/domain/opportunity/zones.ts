/**
 * Clocks of the countries where opportunities lie, as names of the IANA time zone database (public domain).
 * Countries with several clocks list those of their mining regions first.
 */
const ZONES: Record<string, readonly string[]> = {
  AE: ['Asia/Dubai'],
  AL: ['Europe/Tirane'],
  AM: ['Asia/Yerevan'],
  AO: ['Africa/Luanda'],
  AR: ['America/Argentina/Salta', 'America/Argentina/Buenos_Aires'],
  AT: ['Europe/Vienna'],
  AU: ['Australia/Perth', 'Australia/Darwin', 'Australia/Brisbane', 'Australia/Adelaide', 'Australia/Sydney'],
  AZ: ['Asia/Baku'],
  BA: ['Europe/Sarajevo'],
  BE: ['Europe/Brussels'],
  BF: ['Africa/Ouagadougou'],
  BG: ['Europe/Sofia'],
  BH: ['Asia/Bahrain'],
  BI: ['Africa/Bujumbura'],
  BO: ['America/La_Paz'],
  BR: ['America/Sao_Paulo', 'America/Manaus', 'America/Belem'],
  BT: ['Asia/Thimphu'],
  BW: ['Africa/Gaborone'],
  BY: ['Europe/Minsk'],
  CA: [
    'America/Toronto',
    'America/Winnipeg',
    'America/Edmonton',
    'America/Vancouver',
    'America/Halifax',
    'America/St_Johns',
  ],
  CD: ['Africa/Lubumbashi', 'Africa/Kinshasa'],
  CG: ['Africa/Brazzaville'],
  CH: ['Europe/Zurich'],
  CI: ['Africa/Abidjan'],
  CL: ['America/Santiago'],
  CM: ['Africa/Douala'],
  CN: ['Asia/Shanghai'],
  CO: ['America/Bogota'],
  CU: ['America/Havana'],
  CZ: ['Europe/Prague'],
  DE: ['Europe/Berlin'],
  DO: ['America/Santo_Domingo'],
  DZ: ['Africa/Algiers'],
  EC: ['America/Guayaquil'],
  EE: ['Europe/Tallinn'],
  EG: ['Africa/Cairo'],
  ES: ['Europe/Madrid'],
  ET: ['Africa/Addis_Ababa'],
  EU: ['Europe/Brussels'],
  FI: ['Europe/Helsinki'],
  FR: ['Europe/Paris'],
  GA: ['Africa/Libreville'],
  GB: ['Europe/London'],
  GE: ['Asia/Tbilisi'],
  GH: ['Africa/Accra'],
  GL: ['America/Nuuk'],
  GN: ['Africa/Conakry'],
  GR: ['Europe/Athens'],
  GT: ['America/Guatemala'],
  GY: ['America/Guyana'],
  HU: ['Europe/Budapest'],
  ID: ['Asia/Makassar', 'Asia/Jakarta', 'Asia/Jayapura'],
  IE: ['Europe/Dublin'],
  IL: ['Asia/Jerusalem'],
  IN: ['Asia/Kolkata'],
  IR: ['Asia/Tehran'],
  IS: ['Atlantic/Reykjavik'],
  IT: ['Europe/Rome'],
  JM: ['America/Jamaica'],
  JO: ['Asia/Amman'],
  JP: ['Asia/Tokyo'],
  KE: ['Africa/Nairobi'],
  KG: ['Asia/Bishkek'],
  KH: ['Asia/Phnom_Penh'],
  KP: ['Asia/Pyongyang'],
  KR: ['Asia/Seoul'],
  KZ: ['Asia/Almaty', 'Asia/Aqtau'],
  LA: ['Asia/Vientiane'],
  LK: ['Asia/Colombo'],
  LR: ['Africa/Monrovia'],
  LV: ['Europe/Riga'],
  MA: ['Africa/Casablanca'],
  MG: ['Indian/Antananarivo'],
  MK: ['Europe/Skopje'],
  ML: ['Africa/Bamako'],
  MM: ['Asia/Yangon'],
  MN: ['Asia/Ulaanbaatar', 'Asia/Hovd'],
  MR: ['Africa/Nouakchott'],
  MW: ['Africa/Blantyre'],
  MX: ['America/Mexico_City', 'America/Hermosillo'],
  MY: ['Asia/Kuala_Lumpur'],
  MZ: ['Africa/Maputo'],
  NA: ['Africa/Windhoek'],
  NC: ['Pacific/Noumea'],
  NE: ['Africa/Niamey'],
  NG: ['Africa/Lagos'],
  NL: ['Europe/Amsterdam'],
  NO: ['Europe/Oslo'],
  NZ: ['Pacific/Auckland'],
  OM: ['Asia/Muscat'],
  PA: ['America/Panama'],
  PE: ['America/Lima'],
  PG: ['Pacific/Port_Moresby'],
  PH: ['Asia/Manila'],
  PK: ['Asia/Karachi'],
  PL: ['Europe/Warsaw'],
  PT: ['Europe/Lisbon'],
  PY: ['America/Asuncion'],
  QA: ['Asia/Qatar'],
  RO: ['Europe/Bucharest'],
  RS: ['Europe/Belgrade'],
  RU: ['Europe/Moscow', 'Asia/Yekaterinburg', 'Asia/Krasnoyarsk', 'Asia/Vladivostok'],
  RW: ['Africa/Kigali'],
  SA: ['Asia/Riyadh'],
  SE: ['Europe/Stockholm'],
  SG: ['Asia/Singapore'],
  SK: ['Europe/Bratislava'],
  SL: ['Africa/Freetown'],
  SN: ['Africa/Dakar'],
  SR: ['America/Paramaribo'],
  SY: ['Asia/Damascus'],
  TG: ['Africa/Lome'],
  TH: ['Asia/Bangkok'],
  TJ: ['Asia/Dushanbe'],
  TM: ['Asia/Ashgabat'],
  TN: ['Africa/Tunis'],
  TR: ['Europe/Istanbul'],
  TW: ['Asia/Taipei'],
  TZ: ['Africa/Dar_es_Salaam'],
  UA: ['Europe/Kyiv'],
  UG: ['Africa/Kampala'],
  US: [
    'America/New_York',
    'America/Chicago',
    'America/Denver',
    'America/Phoenix',
    'America/Los_Angeles',
    'America/Anchorage',
  ],
  UZ: ['Asia/Tashkent'],
  VE: ['America/Caracas'],
  VN: ['Asia/Ho_Chi_Minh'],
  ZA: ['Africa/Johannesburg'],
  ZM: ['Africa/Lusaka'],
  ZW: ['Africa/Harare'],
};

export const KOREAN_ZONE = 'Asia/Seoul';

/** The clocks of a country, the likeliest first; empty when it is not known. */
export function zonesOfCountry(iso2: string): readonly string[] {
  return ZONES[iso2] ?? [];
}

/** Every clock a deadline can be written in, with the country it belongs to. */
export function allZones(): { zone: string; country: string }[] {
  return Object.entries(ZONES).flatMap(([country, zones]) => zones.map((zone) => ({ zone, country })));
}

const known = new Set(['UTC', ...Object.values(ZONES).flat()]);

export function isKnownZone(zone: string): boolean {
  return known.has(zone);
}

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatterOf(zone: string): Intl.DateTimeFormat {
  let formatter = formatters.get(zone);
  if (formatter === undefined) {
    formatter = new Intl.DateTimeFormat('sv-SE', {
      timeZone: zone,
      dateStyle: 'short',
      timeStyle: 'short',
    });
    formatters.set(zone, formatter);
  }
  return formatter;
}

/** What a clock in `zone` shows at an instant, `YYYY-MM-DDTHH:MM`. */
export function localIn(instant: Date, zone: string): string {
  return formatterOf(zone).format(instant).replace(' ', 'T');
}

/**
 * The instant at which a clock in `zone` shows `local` (`YYYY-MM-DDTHH:MM`). An hour that occurs twice (end of
 * summer time) means the later one, so that nobody is cut off early; an hour that is skipped means the same time
 * counted on from before the change.
 */
export function instantIn(local: string, zone: string): Date {
  const asUtc = Date.parse(`${local}:00Z`);
  const offsetAt = (ms: number) => Date.parse(`${localIn(new Date(ms), zone)}:00Z`) - ms;
  const DAY = 24 * 3600 * 1000;
  const candidates = [offsetAt(asUtc - DAY), offsetAt(asUtc + DAY)].map((offset) => asUtc - offset);
  const exact = candidates.filter((ms) => localIn(new Date(ms), zone) === local);
  return new Date(Math.max(...(exact.length > 0 ? exact : [candidates[0] ?? asUtc])));
}

/** Is `YYYY-MM-DDTHH:MM` a time that exists on a calendar? */
export function isLocalTime(value: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}T([01]\d|2[0-3]):[0-5]\d$/.test(value)) return false;
  const date = new Date(`${value}:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(value);
}
