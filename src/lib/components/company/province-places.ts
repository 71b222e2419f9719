import type { PROVINCES } from '#lib/domain/company/provinces.ts';

/** Roughly the middle of each province, for a mark on a map of Korea; read off a map, good to about 20 km. */
export const PROVINCE_PLACES: Readonly<
  Record<(typeof PROVINCES)[number]['ko'], { lat: number; lon: number }>
> = {
  서울특별시: { lat: 37.56, lon: 126.98 },
  부산광역시: { lat: 35.18, lon: 129.06 },
  대구광역시: { lat: 35.86, lon: 128.58 },
  인천광역시: { lat: 37.46, lon: 126.62 },
  광주광역시: { lat: 35.16, lon: 126.83 },
  대전광역시: { lat: 36.34, lon: 127.4 },
  울산광역시: { lat: 35.55, lon: 129.25 },
  세종특별자치시: { lat: 36.58, lon: 127.24 },
  경기도: { lat: 37.33, lon: 127.35 },
  강원특별자치도: { lat: 37.75, lon: 128.3 },
  충청북도: { lat: 36.8, lon: 127.8 },
  충청남도: { lat: 36.5, lon: 126.8 },
  전북특별자치도: { lat: 35.72, lon: 127.12 },
  전라남도: { lat: 34.87, lon: 126.95 },
  경상북도: { lat: 36.4, lon: 128.8 },
  경상남도: { lat: 35.35, lon: 128.2 },
  제주특별자치도: { lat: 33.38, lon: 126.55 },
};
