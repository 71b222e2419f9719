import type { Random } from './random.ts';

/** Syllables and words of made-up firms: Korean beside its romanisation. No real firm is meant. */
const HEADS: readonly (readonly [string, string])[] = [
  ['가온', 'Gaon'],
  ['나래', 'Narae'],
  ['다솜', 'Dasom'],
  ['라온', 'Raon'],
  ['마루', 'Maru'],
  ['바름', 'Bareum'],
  ['새길', 'Saegil'],
  ['아람', 'Aram'],
  ['자람', 'Jaram'],
  ['찬들', 'Chandeul'],
  ['큰솔', 'Keunsol'],
  ['터울', 'Teoul'],
  ['푸른', 'Pureun'],
  ['하늬', 'Hanui'],
  ['한별', 'Hanbyeol'],
  ['온누리', 'Onnuri'],
  ['미르', 'Mireu'],
  ['달빛', 'Dalbit'],
  ['예솔', 'Yesol'],
  ['윤슬', 'Yunseul'],
  ['이든', 'Ideun'],
  ['로운', 'Roun'],
  ['소담', 'Sodam'],
  ['빛고을', 'Bitgoeul'],
  ['너울', 'Neoul'],
  ['해든', 'Haedeun'],
  ['금강', 'Geumgang'],
  ['백두', 'Baekdu'],
  ['남해', 'Namhae'],
  ['동림', 'Dongnim'],
  ['서진', 'Seojin'],
  ['북원', 'Bugwon'],
  ['대원', 'Daewon'],
  ['신흥', 'Sinheung'],
  ['영일', 'Yeongil'],
  ['진양', 'Jinyang'],
  ['태화', 'Taehwa'],
  ['세광', 'Segwang'],
  ['우림', 'Urim'],
  ['청해', 'Cheonghae'],
];
const TAILS: readonly (readonly [string, string])[] = [
  ['소재', 'Materials'],
  ['금속', 'Metal'],
  ['화학', 'Chemical'],
  ['엔지니어링', 'Engineering'],
  ['테크', 'Tech'],
  ['산업', 'Industries'],
  ['중공업', 'Heavy Industries'],
  ['자원', 'Resources'],
  ['에너지', 'Energy'],
  ['플랜트', 'Plant'],
  ['환경', 'Environment'],
  ['물산', 'Trading'],
  ['로지스', 'Logis'],
  ['리사이클', 'Recycling'],
  ['머티리얼즈', 'Advanced Materials'],
  ['광업', 'Mining'],
  ['기술', 'Technology'],
  ['정밀', 'Precision'],
  ['시스템', 'Systems'],
  ['컨설팅', 'Consulting'],
];
const FORMS: readonly (readonly [string, string])[] = [
  ['주식회사 %', '% Co., Ltd.'],
  ['%㈜', '% Co., Ltd.'],
  ['(주)%', '% Inc.'],
  ['%', '%'],
  ['유한회사 %', '% LLC'],
];

export interface FirmName {
  ko: string;
  en: string;
}

/** A name of a firm; the number keeps names apart once heads and tails are used up. */
export function firmName(random: Random, index: number): FirmName {
  const [headKo, headEn] = random.pick(HEADS);
  const [tailKo, tailEn] = random.zipf(TAILS);
  const [formKo, formEn] = random.zipf(FORMS);
  const number = index >= 400 ? String(index) : '';
  return {
    ko: formKo.replace('%', `${headKo}${tailKo}${number}`),
    en: formEn.replace('%', [headEn, tailEn, number].filter(Boolean).join(' ')),
  };
}

export const PROVINCES = [
  '경기도',
  '서울특별시',
  '경상남도',
  '경상북도',
  '충청남도',
  '충청북도',
  '울산광역시',
  '부산광역시',
  '인천광역시',
  '전라남도',
  '전북특별자치도',
  '대구광역시',
  '대전광역시',
  '광주광역시',
  '강원특별자치도',
  '세종특별자치시',
  '제주특별자치도',
] as const;
