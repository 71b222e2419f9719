import { WIDE_PROVINCES } from './kept.ts';

/** The seventeen provinces and metropolitan cities (시·도), in the order of official lists. Kept under their Korean names. */
export const PROVINCES = [
  { ko: '서울특별시', en: 'Seoul' },
  { ko: '부산광역시', en: 'Busan' },
  { ko: '대구광역시', en: 'Daegu' },
  { ko: '인천광역시', en: 'Incheon' },
  { ko: '광주광역시', en: 'Gwangju' },
  { ko: '대전광역시', en: 'Daejeon' },
  { ko: '울산광역시', en: 'Ulsan' },
  { ko: '세종특별자치시', en: 'Sejong' },
  { ko: '경기도', en: 'Gyeonggi' },
  { ko: '강원특별자치도', en: 'Gangwon' },
  { ko: '충청북도', en: 'North Chungcheong' },
  { ko: '충청남도', en: 'South Chungcheong' },
  { ko: '전북특별자치도', en: 'North Jeolla (Jeonbuk)' },
  { ko: '전라남도', en: 'South Jeolla' },
  { ko: '경상북도', en: 'North Gyeongsang' },
  { ko: '경상남도', en: 'South Gyeongsang' },
  { ko: '제주특별자치도', en: 'Jeju' },
] as const;

/** A province, or a part of Korea of several, in English; a place outside the list is returned as written. */
export function provinceInEnglish(ko: string): string {
  return [...PROVINCES, ...WIDE_PROVINCES].find((place) => place.ko === ko)?.en ?? ko;
}
