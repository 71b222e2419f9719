import type { TopicId } from './topics.ts';

/** Companies of the evaluation that queries name. All made up. */
export interface Named {
  readonly ko: string;
  readonly en: string;
  readonly former?: string[];
  readonly topics: readonly TopicId[];
}

const n = (ko: string, en: string, topics: string, former?: string): Named => ({
  ...{ ko, en, topics: topics.split(' ') as TopicId[] },
  ...(former === undefined ? {} : { former: [former] }),
});

export const NAMED: readonly Named[] = [
  n('주식회사 해솔플랜트', 'Haesol Plant Co., Ltd.', 'epc filters'),
  n('두레여과기술㈜', 'Dure Filtration Co., Ltd.', 'filters'),
  n('(주)가람선광', '', 'flotation graphite'),
  n('한빛흑연소재 주식회사', 'Hanbit Graphite Materials Inc.', 'anode'),
  n('대우림금속㈜', '', 'copper'),
  n('효성산자원', '', 'trading'),
  n('㈜금호솔케미칼', '', 'lioh'),
  n('현도중공업 주식회사', '', 'trucks'),
  n('신라온리사이클링', '', 'blackmass'),
  n('영풍산마그네틱스㈜', '', 'magnet'),
  n('조선희유금속 주식회사', '', 'reesep'),
  n('강릉텅스텐', 'Gangneung Tungsten Co., Ltd.', 'tungsten'),
  n('상동중석광업㈜', '', 'wmine', '대한중석개발'),
  n('포항리튬솔루션 주식회사', 'Pohang Lithium Solution', 'lioh lico'),
  n('새만금양극재㈜', '', 'cathode'),
  n('동해상선 주식회사', 'Donghae Merchant Marine', 'shipping'),
  n('동양정밀기계㈜', '', 'pumps'),
  n('은하수디지털 주식회사', '', 'digital'),
  n('연합엔지니어링㈜', '', 'epc'),
  n('은행나무환경 주식회사', '', 'esia'),
  n('엘케이머티리얼즈㈜', 'LK Materials Co., Ltd.', 'cathode'),
  n('에스지엘테크 주식회사', '', 'digital'),
  n('', 'Hyunsung Advanced Materials Inc.', 'magnet'),
  n('', 'Kyungwon Minerals Corp.', 'drilling'),
  n('', 'Cheonma Battery Chemicals Co., Ltd.', 'nisulf'),
  n('', 'Northstar Graphite Korea Ltd.', 'synanode'),
  n('포스페이트코리아㈜', 'Phosphate Korea', 'lfp'),
  n('나래바나듐 주식회사', 'Narae Vanadium', 'vanadium'),
  n('온누리인터내셔널', 'Onnuri International', 'trading customs'),
  n('한결해운항공물류㈜', '', 'shipping customs'),
  n('광양니켈제련 주식회사', 'Gwangyang Nickel Refining', 'nihpal nisulf'),
  n('백두대간시추㈜', 'Baekdu Drilling', 'drilling'),
  n('미리내지오피직스', '', 'geophysics'),
  n('솔빛동박 주식회사', '', 'foil'),
  n('하늘소분리막㈜', '', 'separator'),
  n('여울수처리 주식회사', 'Yeoul Water', 'water'),
  n('도깨비로보틱스㈜', '', 'digital trucks'),
  n('희망리사이클링 주식회사', 'Heemang Recycling', 'hydromet'),
  n('단군티타늄㈜', 'Dangun Titanium', 'titanium'),
  n('세종귀금속정련 주식회사', '', 'catalyst'),
  n('울산코발트㈜', '', 'cosulf'),
  n('청해망간 주식회사', '', 'manganese'),
  n('한라산에너지㈜', '', 'power'),
  n('독립철도건설 주식회사', '', 'rail'),
  n('종로자원투자㈜', '', 'finance'),
  n('맑은물환경기술 주식회사', '', 'closure water'),
  n('이화갈륨㈜', 'Ihwa Gallium', 'gallium'),
  n('임실규소 주식회사', '', 'silicon'),
  n('류성마그네슘㈜', '', 'magnesium'),
  n('노고산몰리브덴 주식회사', '', 'molybdenum'),
];
