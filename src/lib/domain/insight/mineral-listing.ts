import type { MineralCard } from '#lib/domain/insight/view.ts';

/** The lists of minerals, by their name in the address. */
export const MINERAL_LISTS = ['korea', 'strategic', 'eu', 'eu-strategic', 'us'] as const;
export type MineralList = (typeof MINERAL_LISTS)[number];

export const MINERAL_SORTS = ['list', 'name', 'projects'] as const;
export type MineralSort = (typeof MINERAL_SORTS)[number];

/** Groups carry the flags of their members but are not entries of Korea's lists themselves. */
export const ON_LIST: Record<MineralList, (card: MineralCard) => boolean> = {
  korea: (card) => card.korea && !card.isGroup,
  strategic: (card) => card.strategic && !card.isGroup,
  eu: (card) => card.euCritical,
  'eu-strategic': (card) => card.euStrategic,
  us: (card) => card.us2025,
};

export interface MineralListing {
  matches: MineralCard[];
  counts: Map<MineralList, number>;
}

/** Minerals that stand on every chosen list; the cards come in the order of importance. */
export function listMinerals(
  cards: readonly MineralCard[],
  lists: readonly MineralList[],
  sort: MineralSort,
  nameOf: (card: MineralCard) => string,
): MineralListing {
  const matches = cards.filter((card) => lists.every((list) => ON_LIST[list](card)));
  const counts = new Map(
    MINERAL_LISTS.map((list) => [list, matches.filter((card) => ON_LIST[list](card)).length] as const),
  );
  if (sort === 'name') matches.sort((a, b) => COLLATOR.compare(nameOf(a), nameOf(b)));
  if (sort === 'projects') matches.sort((a, b) => b.projects - a.projects);
  return { matches, counts };
}

const COLLATOR = new Intl.Collator('ko');
