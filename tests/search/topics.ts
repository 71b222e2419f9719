/**
 * What the made-up companies of the evaluation do. A topic is a kind of business: taxonomy leaves, minerals, and the
 * words people of that trade write in their summaries. Written from the trade's usage, not from the lexicon.
 */
export interface Topic {
  readonly capabilities: readonly string[];
  readonly minerals: readonly string[];
  readonly ko: readonly string[];
  readonly en: readonly string[];
}

const t = (capabilities: string, minerals: string, ko: string, en: string): Topic => ({
  capabilities: capabilities.split(' '),
  minerals: minerals === '' ? [] : minerals.split(' '),
  ko: ko.split('; '),
  en: en.split('; '),
});

export const TOPICS = {
  anode: t(
    'anode-natural spherical-graphite',
    'graphite',
    '구형흑연을 가공해 천연흑연 음극재를 만듭니다; 천연흑연계 음극활물질 양산 라인을 운영합니다',
    'We shape flake into coated spherical graphite for anodes; natural graphite anode material for EV cells',
  ),
  synanode: t(
    'anode-synthetic',
    'graphite',
    '침상코크스로 인조흑연 음극재를 생산합니다',
    'synthetic graphite anode powder from needle coke',
  ),
  sianode: t(
    'anode-silicon',
    'silicon',
    '실리콘 음극재와 SiOx 분말을 공급합니다',
    'SiOx and silicon anode additives',
  ),
  graphite: t(
    'graphite-flake-plant froth-flotation',
    'graphite',
    '인상흑연 정광을 부유선별로 회수합니다; 편상흑연 선광장 설계와 운영',
    'flake graphite concentrators by multi-stage flotation',
  ),
  lioh: t(
    'li-hydroxide',
    'lithium',
    '스포듀민 정광에서 배터리급 수산화리튬을 뽑아냅니다; 수산화리튬 전환 공장을 운영합니다',
    'spodumene conversion to battery-grade lithium hydroxide',
  ),
  lico: t(
    'li-carbonate brine-extraction',
    'lithium',
    '염호 염수를 농축하여 탄산리튬을 제조합니다',
    'lithium carbonate from salar brine',
  ),
  dle: t(
    'dle',
    'lithium',
    '흡착제로 염수에서 리튬을 직접 추출하는 설비',
    'direct lithium extraction sorbents and skids',
  ),
  nisulf: t(
    'ni-sulphate',
    'nickel',
    'MHP를 녹여 황산니켈을 결정화합니다',
    'nickel sulphate crystals from MHP',
  ),
  nihpal: t(
    'ni-hpal',
    'nickel cobalt',
    '라테라이트 고압산침출 플랜트',
    'HPAL autoclaves for nickel laterite',
  ),
  cosulf: t(
    'co-sulphate',
    'cobalt',
    '수산화코발트를 정제해 황산코발트를 공급',
    'cobalt sulphate refined from hydroxide',
  ),
  manganese: t(
    'hpmsm',
    'manganese',
    '고순도 황산망간과 전해망간',
    'high-purity manganese sulphate for precursor makers',
  ),
  cathode: t(
    'cathode-ncm pcam',
    'nickel cobalt manganese lithium',
    '하이니켈 양극재와 전구체를 함께 만듭니다; NCM 삼원계 양극활물질',
    'nickel-rich NCM cathode powders and precursor',
  ),
  lfp: t(
    'cathode-lfp iron-phosphate',
    'lithium phosphate',
    '리튬인산철 양극재를 양산합니다',
    'LFP cathode and iron phosphate precursor',
  ),
  foil: t('copper-foil', 'copper', '이차전지용 극박 동박 제조', 'ultra-thin copper foil for battery anodes'),
  separator: t(
    'electrolyte-separator',
    '',
    '세라믹 코팅 분리막과 전해액 배합',
    'coated separators and electrolyte blends',
  ),
  magnet: t(
    'ndfeb-magnet',
    'neodymium dysprosium',
    '전기차 구동모터용 네오디뮴 소결자석',
    'sintered NdFeB magnets for traction motors',
  ),
  reesep: t(
    'ree-separation solvent-extraction',
    'rare-earths neodymium praseodymium',
    '희토류 분리정제 공정과 용매추출 설비',
    'rare-earth solvent extraction to single oxides',
  ),
  reemetal: t(
    'ree-metal ndfeb-alloy',
    'neodymium',
    '용융염 전해로 희토류 금속과 합금을 제조',
    'rare-earth metal making and strip casting',
  ),
  magrec: t(
    'magnet-recycling',
    'rare-earths neodymium',
    '폐자석에서 희토류를 되찾는 재활용 기술',
    'magnet scrap to rare-earth powder',
  ),
  blackmass: t(
    'black-mass battery-dismantling',
    'nickel cobalt lithium',
    '폐배터리를 방전하고 파쇄하여 블랙매스를 생산',
    'end-of-life batteries shredded to black mass',
  ),
  hydromet: t(
    'hydromet-recycling',
    'nickel cobalt lithium',
    '블랙매스를 습식 공정으로 처리해 니켈·코발트를 회수',
    'hydrometallurgical recovery of Ni and Co from black mass',
  ),
  catalyst: t(
    'catalyst-recycling pgm-refining',
    'platinum palladium rhodium',
    '자동차 폐촉매에서 백금과 팔라듐을 정련',
    'spent autocatalyst refining, platinum and palladium',
  ),
  tungsten: t(
    'w-apt hard-metal',
    'tungsten',
    '텅스텐 분말과 초경합금 소재',
    'APT, tungsten powder and cemented carbide',
  ),
  wmine: t(
    'underground-contract',
    'tungsten',
    '중석 광산의 갱내 채굴을 맡아 왔습니다',
    'contract miner at an underground scheelite mine',
  ),
  copper: t(
    'cu-smelting electrowinning',
    'copper',
    '동 정광을 녹여 전기동을 생산하는 제련소',
    'copper smelter and electrorefinery',
  ),
  zinc: t(
    'zn-pb-smelting minor-metal-recovery',
    'zinc lead indium',
    '아연과 연을 제련하고 인듐을 회수합니다',
    'zinc and lead smelting with indium recovery',
  ),
  tin: t('ferroalloy-smelting', 'tin', '주석 제련과 솔더 소재', 'tin ingots and solder'),
  gallium: t(
    'minor-metal-recovery sputter-targets',
    'gallium germanium',
    '갈륨과 저마늄 고순도화',
    'gallium and germanium purification',
  ),
  vanadium: t(
    'v-electrolyte v-extraction',
    'vanadium',
    '바나듐 레독스 흐름전지 전해액',
    'vanadium electrolyte for flow batteries',
  ),
  titanium: t(
    'ti-sponge ti-processing',
    'titanium',
    '타이타늄 스펀지와 잉곳',
    'titanium sponge, ingot and plate',
  ),
  magnesium: t('mg-reduction', 'magnesium', '마그네슘 제련과 판재', 'magnesium metal'),
  silicon: t('silicon-furnace', 'silicon', '금속규소 아크로 운영', 'silicon metal arc furnaces'),
  molybdenum: t('mo-roasting', 'molybdenum', '몰리브데넘 정광 배소', 'molybdenite roasting to oxide'),
  drilling: t(
    'core-drilling assay-lab',
    '',
    '다이아몬드 코어 시추와 품위 분석',
    'diamond core drilling and assays',
  ),
  geophysics: t(
    'airborne-geophysics ground-geophysics',
    '',
    '헬기와 드론을 쓰는 항공 물리탐사',
    'helicopter and drone magnetics',
  ),
  flotation: t(
    'froth-flotation flotation-reagents',
    'copper zinc',
    '부유선별기와 포수제를 납품',
    'flotation cells and collectors',
  ),
  filters: t(
    'dewatering-filters',
    '',
    '필터프레스로 정광과 광미를 탈수',
    'filter presses for concentrate and tailings',
  ),
  tailings: t(
    'tailings-disposal slag-tailings-reprocess',
    '',
    '광미댐 설계와 광물찌꺼기 재처리',
    'tailings dam design and reprocessing',
  ),
  openpit: t(
    'open-pit-contract drill-blast',
    '',
    '노천광산 채굴과 발파',
    'open-pit contract mining and blasting',
  ),
  trucks: t(
    'mobile-fleet autonomous-haulage',
    '',
    '대형 광산 트럭과 무인 운반 시스템',
    'haul trucks and autonomous haulage',
  ),
  epc: t(
    'epc-mine owner-engineering',
    '',
    '해외 제련 플랜트 설계·조달·시공',
    'EPC of smelters and mines abroad',
  ),
  water: t(
    'desalination mine-water-treatment',
    '',
    '해수담수화와 산성 광산배수 처리',
    'desalination and acid mine drainage treatment',
  ),
  power: t(
    'captive-power mine-microgrid',
    '',
    '광산용 태양광·에너지저장 하이브리드 발전',
    'solar-storage hybrids for remote mines',
  ),
  rail: t('rail-link port-terminal', '', '광석 철도와 벌크 부두 건설', 'ore railways and bulk jetties'),
  shipping: t(
    'bulk-shipping project-cargo',
    '',
    '정광 벌크 해상운송과 중량물',
    'dry-bulk and heavy-lift shipping of concentrate',
  ),
  customs: t(
    'customs-clearance',
    '',
    '통관과 전략물자 수출통제 자문',
    'customs clearance and export-control advice',
  ),
  trading: t(
    'offtake-trading stockpile-mgmt',
    'copper nickel',
    '비철금속 장기구매와 트레이딩',
    'long-term offtake and metals trading',
  ),
  finance: t(
    'project-finance equity-investment',
    '',
    '자원개발 프로젝트 금융과 지분투자',
    'project finance and equity for resources',
  ),
  esia: t('esia resettlement', '', '환경사회영향평가와 이주계획 수립', 'ESIA and resettlement planning'),
  closure: t('mine-closure env-monitoring', '', '폐광 복구와 수질 감시', 'mine closure and water monitoring'),
  digital: t(
    'mine-digital-twin process-control',
    '',
    '선광 공정의 디지털트윈과 자동제어',
    'digital twins and process control',
  ),
  pumps: t(
    'pumps-valves-supply mro-tooling',
    '',
    '슬러리 펌프와 내마모 라이너',
    'slurry pumps and mill liners',
  ),
} as const satisfies Record<string, Topic>;

export type TopicId = keyof typeof TOPICS;
