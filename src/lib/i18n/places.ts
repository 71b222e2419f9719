import { formatNumber } from '#lib/i18n/format.ts';
import type { Lang } from '#lib/i18n/lang.ts';

/** `남위 8.65°, 동경 36.72°` / `8.65° S, 36.72° E`. */
export function formatPlace(lang: Lang, lat: number, lon: number): string {
  const degrees = (value: number) => `${formatNumber(lang, Math.abs(value))}°`;
  if (lang === 'ko')
    return `${lat < 0 ? '남위' : '북위'} ${degrees(lat)}, ${lon < 0 ? '서경' : '동경'} ${degrees(lon)}`;
  return `${degrees(lat)} ${lat < 0 ? 'S' : 'N'}, ${degrees(lon)} ${lon < 0 ? 'W' : 'E'}`;
}
