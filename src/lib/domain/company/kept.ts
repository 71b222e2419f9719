import type { Quantity } from '#lib/domain/opportunity/view.ts';

/**
 * What readers from whom a company keeps its name back see in place of what would tell it: parts of the country and of
 * the world, and round figures.
 */

/** Parts of Korea of several provinces each. */
export const WIDE_PROVINCES = [
  { ko: '수도권', en: 'Greater Seoul', of: ['서울특별시', '인천광역시', '경기도'] },
  {
    ko: '충청권',
    en: 'Chungcheong',
    of: ['대전광역시', '세종특별자치시', '충청북도', '충청남도'],
  },
  { ko: '호남권', en: 'Jeolla', of: ['광주광역시', '전북특별자치도', '전라남도'] },
  {
    ko: '영남권',
    en: 'Gyeongsang',
    of: ['부산광역시', '대구광역시', '울산광역시', '경상북도', '경상남도'],
  },
  { ko: '강원·제주', en: 'Gangwon or Jeju', of: ['강원특별자치도', '제주특별자치도'] },
] as const;

/** The part of Korea a province lies in; empty for a place outside the list, which could be anything. */
export function wideProvince(province: string): string {
  return WIDE_PROVINCES.find(({ of }) => of.some((one) => one === province))?.ko ?? '';
}

/** A quantity to one significant figure. */
export function roundQuantity(quantity: Quantity | null): Quantity | null {
  return quantity === null
    ? null
    : { amount: Number(quantity.amount.toPrecision(1)), unit: quantity.unit, about: true };
}
