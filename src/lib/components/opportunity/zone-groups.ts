import type { Named } from '#lib/domain/opportunity/view.ts';
import { sortKo } from '#lib/i18n/format.ts';
import type { Lang } from '#lib/i18n/lang.ts';
import { msg } from '#lib/i18n/msg.ts';
import { nameIn } from '#lib/i18n/opportunity.ts';
import { KOREAN_ZONE } from '#lib/domain/opportunity/zones.ts';

const words = {
  near: msg({ ko: '이곳과 한국', en: 'Here and Korea' }),
  others: msg({ ko: '다른 곳', en: 'Elsewhere' }),
};

interface Zones {
  /** clocks of the place */
  here: string[];
  all: { zone: string; country: string }[];
}

/** Clocks for a menu: those of the place and of Korea first, then all others by country. */
export function zoneGroups(lang: Lang, zones: Zones, countries: readonly Named[]) {
  const names = new Map(countries.map((country) => [country.id, nameIn(lang, country)]));
  const city = (zone: string) => (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ');
  const label = ({ zone, country }: { zone: string; country: string }) =>
    `${names.get(country) ?? country}, ${city(zone)}`;
  const near = new Set([...zones.here, KOREAN_ZONE]);
  const options = (list: Zones['all']) => list.map((one) => ({ value: one.zone, label: label(one) }));
  // A zone shared by two entries of the table is offered once.
  const unique = zones.all.filter((one, i) => zones.all.findIndex((other) => other.zone === one.zone) === i);
  return [
    {
      label: words.near(lang),
      options: options([...near].flatMap((zone) => unique.find((one) => one.zone === zone) ?? [])),
    },
    {
      label: words.others(lang),
      options: sortKo(options(unique.filter((one) => !near.has(one.zone))), (one) => one.label),
    },
  ];
}
