import { TOPICS, type Topic, type TopicId } from './topics.ts';
import { NAMED } from './named.ts';
import type { CompanyRow } from '#lib/domain/search/document.ts';

/** A made-up corpus of companies: some named by hand, for queries by name, the rest drawn from a fixed seed. */

export interface Truth {
  readonly id: string;
  readonly row: CompanyRow;
  readonly topics: readonly TopicId[];
  /** Everything written about the company, for judging by plain text. */
  readonly text: string;
}

/** Mulberry32: the same numbers on every machine. */
function random(seed: number): () => number {
  let a = seed;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let n = Math.imul(a ^ (a >>> 15), 1 | a);
    n = (n + Math.imul(n ^ (n >>> 7), 61 | n)) ^ n;
    return ((n ^ (n >>> 14)) >>> 0) / 4294967296;
  };
}

const BRANDS =
  '가온 나루 다솔 라온 마루 바름 사람 아라 자람 차오름 카인 타래 파란 하람 고은 노을 도담 로운 모아 보람 소담 오름 조은 초롱 코람 토담 포근 호연 구름 누리 두온 루나 무한 부강 수림 우진 주영 추강 쿠오 투한 푸름 후성 그루 느티 드림 르네 므음 브라 스온 으뜸 즈믄 흐름 기린 니온 디온 리움 미르 비원 시원 이든 지음 치온 키움 티온 피닉 히움 대양 태광 세진 신우 한솔 경남 동진 동림 은성 은혜 연우 연성 금강 금오 주원 인성 남해 서원 북악 중원'.split(
    ' ',
  );
const TRADES: readonly [string, string][] = [
  ...([
    ['금속', 'Metal'],
    ['소재', 'Materials'],
    ['화학', 'Chemical'],
    ['산업', 'Industries'],
    ['테크', 'Tech'],
  ] as const),
  ...([
    ['엔지니어링', 'Engineering'],
    ['자원', 'Resources'],
    ['이엔씨', 'E&C'],
    ['솔루션', 'Solution'],
  ] as const),
  ...([
    ['중공업', 'Heavy Industries'],
    ['리사이클링', 'Recycling'],
    ['플랜트', 'Plant'],
    ['상사', 'Trading'],
  ] as const),
].map(([ko, en]) => [ko, en]);
const ENGLISH =
  'Northwind Bluepeak Ironleaf Stonebridge Clearwater Highfield Silverline Copperbeech Leadwell Tinsley Evergreen Summit Harbor Keystone'.split(
    ' ',
  );
const FILLER_KO = [
  '연간 2만 톤 규모의 설비를 운영합니다.',
  '동해항에 물류 기지를 두고 있습니다.',
  '부설 연구소에서 신공정을 연구합니다.',
  '수출입은행과 금융 약정을 맺었습니다.',
  '강동구에 본사를 둔 중소기업입니다.',
  '설계 도면에 주석을 달아 제출합니다.',
  '납품 기한을 어긴 적이 없습니다.',
  '자동 제어와 연속 운전이 가능합니다.',
];
const FILLER_EN = [
  'A leading supplier with short lead time.',
  'Established team in Korea.',
  'Annual capacity is stated per year.',
  'We co-operate in many countries.',
];
const COUNTRIES = 'TZ MZ MG CL AR AU CA ID VN KZ UZ MN CD ZM NA BR PE US ZA PH'.split(' ');
const CERTS =
  'iso-9001 iso-14001 iso-45001 iso-50001 rmi-rmap iatf-16949 irma-50 ecovadis iso-27001 kosha-ms'.split(' ');
const SIZES = 'sme sme sme midsize large research'.split(' ');
const STAGE_UNKNOWN = '';

function brn(n: number): string {
  const nine = String(100_000_000 + n * 7919).slice(0, 9);
  const weights = [1, 3, 7, 1, 3, 7, 1, 3, 5];
  let sum = [...nine].reduce((s, d, i) => s + Number(d) * (weights[i] ?? 0), 0);
  sum += Math.floor((Number(nine[8]) * 5) / 10);
  return nine + String((10 - (sum % 10)) % 10);
}

interface Draw {
  one<T>(from: readonly T[]): T;
  some<T>(from: readonly T[], most: number): T[];
  chance(p: number): boolean;
}

function draws(seed: number): Draw {
  const next = random(seed);
  const one = <T>(from: readonly T[]): T => from[Math.floor(next() * from.length)] as T;
  return {
    one,
    some: (from, most) => [
      ...new Set(Array.from({ length: Math.floor(next() * (most + 1)) }, () => one(from))),
    ],
    chance: (p) => next() < p,
  };
}

function build(
  index: number,
  names: { ko: string; en: string; former: string[] },
  topics: readonly TopicId[],
  stages: ReadonlyMap<string, string>,
): Truth {
  const draw = draws(1000 + index);
  const all: readonly Topic[] = topics.map((id) => TOPICS[id]);
  const both = draw.chance(0.6);
  const ko = all.map((topic) => draw.one(topic.ko)).join('. ') + '. ' + draw.one(FILLER_KO);
  const en = all.map((topic) => draw.one(topic.en)).join('. ') + '. ' + draw.one(FILLER_EN);
  const referenceTopic = draw.chance(0.3) ? TOPICS[draw.one(Object.keys(TOPICS) as TopicId[])] : null;
  const row: CompanyRow = {
    ...{
      id: `c-${String(index).padStart(4, '0')}`,
      source: 'eval',
      externalId: `c-${String(index).padStart(4, '0')}`,
    },
    ...{ version: 1, updatedAt: new Date(Date.UTC(2026, index % 11, 1 + (index % 28))) },
    ...{ nameKo: names.ko, nameEn: names.en, formerNames: names.former },
    ...{
      brn: brn(index),
      crn: null,
      lei: null,
      website: draw.chance(0.3) ? `https://www.c${index}.example.kr` : '',
    },
    ...{
      size: draw.one(SIZES),
      province: draw.one(['경상북도', '전라남도', '울산광역시', '서울특별시', '강원특별자치도']),
    },
    summaryKo: both || names.ko !== '' ? ko : '',
    summaryEn: both || names.ko === '' ? en : '',
    capabilities: all.flatMap((topic) =>
      topic.capabilities.map((capability) => ({
        ...{
          capability,
          stage: stages.get(capability) ?? STAGE_UNKNOWN,
          minerals: topic.minerals,
          notes: [],
        },
      })),
    ),
    certifications: draw.some(CERTS, 3),
    references:
      referenceTopic === null
        ? []
        : [
            {
              ...{
                title: `${draw.one(['해외', '시험', '신규'])} 사업 참여`,
                client: '',
                country: draw.one(COUNTRIES),
              },
              ...{ capability: referenceTopic.capabilities[0] ?? null, minerals: referenceTopic.minerals },
            },
          ],
    countries: draw.some(COUNTRIES, 3),
    ...{ status: draw.chance(0.5) ? 'vetted' : 'registered', published: true, masked: false, knownTo: [] },
  };
  return { id: row.id, row, topics, text: [row.summaryKo, row.summaryEn, names.ko, names.en].join('\n') };
}

const SIZE = 400;

/** The corpus. `stages` is leaf → stage of the taxonomy. */
export function corpus(stages: ReadonlyMap<string, string>): Truth[] {
  const out = NAMED.map((n, i) =>
    build(i + 1, { ko: n.ko, en: n.en, former: n.former ?? [] }, n.topics, stages),
  );
  const draw = draws(7);
  const ids = Object.keys(TOPICS) as TopicId[];
  const used = new Set<string>();
  while (out.length < SIZE) {
    const [trade, english] = draw.one(TRADES);
    const brand = draw.one(BRANDS);
    const ko = `${draw.chance(0.4) ? '주식회사 ' : ''}${brand}${trade}`;
    if (used.has(brand + trade)) continue;
    used.add(brand + trade);
    const foreign = draw.chance(0.08);
    const names = foreign
      ? { ko: '', en: `${draw.one(ENGLISH)} ${english} Co., Ltd.`, former: [] }
      : { ko: draw.chance(0.4) ? `${ko}㈜` : ko, en: '', former: [] };
    const topics = [...new Set([draw.one(ids), ...(draw.chance(0.25) ? [draw.one(ids)] : [])])];
    out.push(build(out.length + 1, names, topics, stages));
  }
  return out;
}
