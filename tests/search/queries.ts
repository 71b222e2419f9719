import { about, named, nobody, numbered, says, type Judge, type JudgedQuery } from './judge.ts';

/** The judged queries, by class. Written by hand as people type, before looking at what is found. */

const LI = about({ minerals: 'lithium', text: /리튬|lithium/i });
const NI = about({ minerals: 'nickel', text: /니켈|nickel/i });
const CO = about({ minerals: 'cobalt', text: /코발트|cobalt/i });
const GR = about({ minerals: 'graphite', text: /흑연|graphite/i });
const CU = about({ minerals: 'copper', text: /구리|copper|동 정광|전기동|동박/i });
const W = about({ minerals: 'tungsten', text: /텅스텐|중석|tungsten|scheelite/i });
const REE = about({ minerals: 'rare-earths neodymium praseodymium dysprosium', text: /희토류|rare.earth/i });
const ND = about({ minerals: 'neodymium', text: /네오디뮴|NdFeB/i });
const ZN = about({ minerals: 'zinc', text: /아연|zinc/i });
const PB = about({ minerals: 'lead', text: /lead smelting/i });
const TI = about({ minerals: 'titanium', text: /타이타늄|티타늄|titanium/i });
const MN = about({ minerals: 'manganese', text: /망간|manganese/i });
const MO = about({ minerals: 'molybdenum', text: /몰리브/i });
const V = about({ minerals: 'vanadium', text: /바나듐|vanadium/i });
const SN = about({ minerals: 'tin', text: /주석 제련|solder/i });
const GA = about({ minerals: 'gallium', text: /갈륨|gallium/i });
const GE = about({ minerals: 'germanium', text: /저마늄|germanium/i });
const MG = about({ minerals: 'magnesium', text: /마그네슘|magnesium/i });
const PT = about({ minerals: 'platinum', text: /백금|platinum/i });
const ANODE = about({
  capabilities: 'anode-natural anode-synthetic anode-silicon',
  text: /음극재|음극활물질|anode/i,
});
const GRANODE = about({
  capabilities: 'anode-natural anode-synthetic',
  minerals: 'graphite',
  text: /흑연 음극|graphite anode/i,
});
const CATHODE = about({ capabilities: 'cathode-ncm cathode-lfp', text: /양극재|양극활물질|cathode/i });
const PCAM = about({ capabilities: 'pcam', text: /전구체|precursor/i });
const LIOH = about({ capabilities: 'li-hydroxide', text: /수산화리튬|lithium hydroxide/i });
const MAGNET = about({ capabilities: 'ndfeb-magnet', text: /자석|magnet/i });
const BLACK = about({ capabilities: 'black-mass', text: /블랙매스|black mass/i });
const BATREC = about({ capabilities: 'black-mass battery-dismantling hydromet-recycling', text: /폐배터리/ });
const FLOT = about({ capabilities: 'froth-flotation', text: /부유선별|flotation/i });
const DRILL = about({ capabilities: 'core-drilling', text: /시추|drilling/i });
const SHIP = about({ capabilities: 'bulk-shipping', text: /해상운송|shipping/i });
const EPC = about({ capabilities: 'epc-mine', text: /EPC|시공/ });
const WATER = about({
  capabilities: 'desalination mine-water-treatment',
  text: /담수화|desalination|배수 처리/i,
});
const TAIL = about({ capabilities: 'tailings-disposal', text: /광미|tailings/i });
const SMELT_CU = about({ capabilities: 'cu-smelting', text: /copper smelter|제련소/i });
const SEP = about({ capabilities: 'ree-separation', text: /희토류 분리|solvent extraction/i });
const ESIA = about({ capabilities: 'esia', text: /환경사회영향평가|ESIA/ });
const FIN = about({ capabilities: 'project-finance', text: /프로젝트 금융|project finance/i });

const group = (kind: string, rows: readonly (readonly [string, Judge])[]): JudgedQuery[] =>
  rows.map(([q, judge]) => ({ kind, q, judge }));

const HAESOL = named('주식회사 해솔플랜트');
const DURE = named('두레여과기술㈜');
const GARAM = named('(주)가람선광');
const HANBIT = named('한빛흑연소재 주식회사');

export const QUERIES: readonly JudgedQuery[] = [
  ...group('exact name', [
    ['주식회사 해솔플랜트', HAESOL],
    ['해솔플랜트', HAESOL],
    ['(주)해솔플랜트', HAESOL],
    ['해솔 플랜트', HAESOL],
    ['Haesol Plant', HAESOL],
    ['HAESOL PLANT CO., LTD.', HAESOL],
    ['두레여과기술 주식회사', DURE],
    ['㈜가람선광', GARAM],
    ['한빛흑연소재', HANBIT],
    ['Hanbit Graphite Materials', HANBIT],
    ['대우림금속', named('대우림금속㈜')],
    ['상동중석광업', named('상동중석광업㈜')],
    ['대한중석개발', named('상동중석광업㈜')],
    ['동해상선', named('동해상선 주식회사')],
    ['Onnuri International', named('온누리인터내셔널')],
    ['엘케이머티리얼즈', named('엘케이머티리얼즈㈜')],
    ['LK머티리얼즈', named('엘케이머티리얼즈㈜')],
    ['Hyunsung Advanced Materials', named('Hyunsung Advanced Materials Inc.')],
  ]),
  ...group('name prefix', [
    ['해솔', HAESOL],
    ['두레여과', DURE],
    ['한빛흑연', HANBIT],
    ['새만금', named('새만금양극재㈜')],
    ['Gangneung', named('강릉텅스텐')],
    ['온누리', named('온누리인터내셔널')],
    ['영풍산', named('영풍산마그네틱스㈜')],
    ['백두대간', named('백두대간시추㈜')],
    ['도깨비', named('도깨비로보틱스㈜')],
    ['Cheonma', named('Cheonma Battery Chemicals Co., Ltd.')],
  ]),
  ...group('choseong', [
    ['ㅎㅅㅍㄹㅌ', HAESOL],
    ['ㄷㄹㅇㄱㄱㅅ', DURE],
    ['ㄱㄹㅅㄱ', GARAM],
    ['ㅎㅂㅎㅇㅅㅈ', HANBIT],
    ['ㅅㅁㄱㅇㄱㅈ', named('새만금양극재㈜')],
    ['ㅇㅍㅅㅁㄱㄴㅌㅅ', named('영풍산마그네틱스㈜')],
    ['ㄱㅇㄴㅋㅈㄹ', named('광양니켈제련 주식회사')],
    ['ㄷㄲㅂ', named('도깨비로보틱스㈜')],
    ['ㄷㅎㅅㅅ', named('동해상선 주식회사')],
    ['ㅎㅇ', GR],
    ['ㄹㅌ', LI],
    ['ㅌㅅㅌ', W],
    ['ㅇㄱㅈ', CATHODE],
    ['ㅎㅌㄹ', REE],
    ['ㅂㄹㅁㅅ', BLACK],
    ['ㄴㅇㄷㅁ', ND],
    ['ㅎㅇ ㅇㄱㅈ', GRANODE],
  ]),
  ...group('romanised', [
    ['Garam Seongwang', GARAM],
    ['Karam', GARAM],
    ['Daewoorim', named('대우림금속㈜')],
    ['Daeurim Metal', named('대우림금속㈜')],
    ['Hyosungsan', named('효성산자원')],
    ['Kumhosol Chemical', named('㈜금호솔케미칼')],
    ['Geumhosol', named('㈜금호솔케미칼')],
    ['Hyundo', named('현도중공업 주식회사')],
    ['Hyeondo Heavy Industries', named('현도중공업 주식회사')],
    ['Sillaon Recycling', named('신라온리사이클링')],
    ['Youngpoongsan', named('영풍산마그네틱스㈜')],
    ['Chosun rare metals', named('조선희유금속 주식회사')],
    ['Saemangeum', named('새만금양극재㈜')],
    ['Kwangyang Nickel', named('광양니켈제련 주식회사')],
    ['Dokkaebi', named('도깨비로보틱스㈜')],
    ['Tokkaebi Robotics', named('도깨비로보틱스㈜')],
    ['Jongno', named('종로자원투자㈜')],
    ['Chongro', named('종로자원투자㈜')],
    ['Imsil', named('임실규소 주식회사')],
    ['Ryusung Magnesium', named('류성마그네슘㈜')],
    ['Yuseong', named('류성마그네슘㈜')],
    ['현성', named('Hyunsung Advanced Materials Inc.')],
    ['경원', named('Kyungwon Minerals Corp.')],
    ['천마', named('Cheonma Battery Chemicals Co., Ltd.')],
    ['Doore Filtration', DURE],
    ['Hae-sol', HAESOL],
  ]),
  ...group('typo, name', [
    ['해솔플랜드', HAESOL],
    ['해설플랜트', HAESOL],
    ['두래여과기술', DURE],
    ['가람선괌', GARAM],
    ['한빗흑연소재', HANBIT],
    ['새민금양극재', named('새만금양극재㈜')],
    ['온누리인터네셔널', named('온누리인터내셔널')],
    ['백두데간시추', named('백두대간시추㈜')],
    ['Haesol Plnat', HAESOL],
    ['Gangnueng Tungsten', named('강릉텅스텐')],
    ['Hyunsnug Advanced', named('Hyunsung Advanced Materials Inc.')],
    ['울산고발트', named('울산코발트㈜')],
  ]),
  ...group('typo, term', [
    ['리툼', LI],
    ['니캘', NI],
    ['흑언', GR],
    ['코발드', CO],
    ['텅스탠', W],
    ['네오디윰', ND],
    ['희토뮤', REE],
    ['음극제', ANODE],
    ['앙극재', CATHODE],
    ['바나둠', V],
    ['블랙메스', BLACK],
    ['부유선벌', FLOT],
    ['lithum', LI],
    ['graphit', GR],
    ['neodynium', ND],
    ['tungstan', W],
    ['flotaion', FLOT],
    ['흑연 음극제', GRANODE],
    ['수산화리툼', LIOH],
  ]),
  ...group('keyboard', [
    ['flxba', LI],
    ['gmrdus', GR],
    ['slzpf', NI],
    ['dmarmrwo', ANODE],
    ['gmlxhfb', REE],
    ['xjdtmxps', W],
    ['gmrdus dmarmrwo', GRANODE],
    ['gothfvmffosxm', HAESOL],
    ['gothf', HAESOL],
    ['enfpdurhk', DURE],
    ['qmfforoaotm', BLACK],
    ['ㅣㅑ소ㅑㅕㅡ', LI],
    ['ㅎㄱ메ㅗㅑㅅㄷ', GR],
    ['ㅗㅁㄷ내ㅣ', HAESOL],
    ['ㅅㅕㅜㅎㄴㅅ두', W],
  ]),
  ...group('synonym', [
    ['중석', W],
    ['구리', CU],
    ['타이타늄', TI],
    ['티탄', TI],
    ['망가니즈', MN],
    [
      '실리콘메탈',
      about({ capabilities: 'silicon-furnace', minerals: 'silicon', text: /규소|silicon metal/i }),
    ],
    ['몰리브데넘', MO],
    ['게르마늄', GE],
    ['wolfram', W],
    ['aluminum smelting', about({ capabilities: 'al-smelting', text: /aluminium/i })],
    ['폐전지 재활용', BATREC],
    ['2차전지 양극재', CATHODE],
    ['타당성조사', about({ capabilities: 'mine-feasibility-study', text: /타당성/ })],
    ['해운', SHIP],
    ['보링', DRILL],
    ['REE', REE],
    ['스포듀민', LI],
    ['광물찌꺼기', TAIL],
  ]),
  ...group('hanja', [
    ['重石', W],
    ['黑鉛', GR],
    ['銅', CU],
    ['亞鉛', ZN],
    ['稀土類', REE],
    ['白金', PT],
    ['黑鉛 陰極材', GRANODE],
    ['錫', SN],
  ]),
  ...group('hs code', [
    ['HS 2504', GR],
    ['2504.10', GR],
    ['HS코드 261100', W],
    ['283691', about({ capabilities: 'li-carbonate', minerals: 'lithium', text: /탄산리튬/ })],
    ['282520', about({ capabilities: 'li-hydroxide', minerals: 'lithium', text: /수산화리튬/ })],
    ['hs 850511', MAGNET],
    ['2602', MN],
    ['2603.00', CU],
    ['8108', TI],
  ]),
  ...group('symbol', [
    ['Li', LI],
    ['Ni', NI],
    ['W', W],
    ['Cu', CU],
    ['Nd', ND],
    ['Co', CO],
    ['Zn', ZN],
    ['Ge', GE],
    ['Mn 황산염', about({ capabilities: 'hpmsm', minerals: 'manganese', text: /망간/ })],
    ['Ni Co', about({ minerals: 'nickel cobalt' })],
    ['LiOH', LIOH],
    ['NdFeB', MAGNET],
    ['V2O5', V],
    ['NCM', CATHODE],
    ['LFP', about({ capabilities: 'cathode-lfp', text: /LFP|인산철/ })],
  ]),
  ...group('identifier', [
    ['1000079193', nobody],
    ['c-0001', numbered('c-0001')],
    ['c-0042', numbered('c-0042')],
  ]),
  ...group('compound', [
    ['수산화리튬', LIOH],
    ['황산니켈', about({ capabilities: 'ni-sulphate', text: /황산니켈/ })],
    ['구형흑연', about({ capabilities: 'spherical-graphite', text: /구형흑연/ })],
    ['인상흑연', about({ capabilities: 'graphite-flake-plant', minerals: 'graphite', text: /인상흑연/ })],
    ['흑연음극재', GRANODE],
    ['희토류자석', MAGNET],
    ['폐배터리재활용', BATREC],
    ['니켈제련', about({ capabilities: 'ni-hpal ni-matte', text: /제련/ })],
    ['동제련', SMELT_CU],
    ['고순도갈륨', GA],
    ['바나듐전해액', about({ capabilities: 'v-electrolyte', text: /바나듐/ })],
    ['리튬추출설비', about({ capabilities: 'dle', text: /리튬을 직접 추출/ })],
    ['광산트럭', about({ capabilities: 'mobile-fleet', text: /광산 트럭/ })],
    ['텅스텐분말', about({ capabilities: 'w-apt hard-metal', text: /텅스텐 분말/ })],
    ['해수담수화플랜트', WATER],
  ]),
  ...group('particle', [
    ['흑연은', GR],
    ['리튬을', LI],
    ['니켈과 코발트', about({ minerals: 'nickel cobalt', text: /니켈.*코발트/ })],
    ['텅스텐의', W],
    ['양극재용', CATHODE],
    ['희토류에서', REE],
    ['음극재를 만드는', ANODE],
    ['블랙매스로', BLACK],
    ['해솔플랜트는', HAESOL],
    ['시추하는 회사', DRILL],
    ['마그네슘이나', MG],
    ['부유선별로', FLOT],
  ]),
  ...group('sentence', [
    ['흑연 음극재를 생산할 수 있는 업체를 찾고 있습니다', GRANODE],
    [
      '탄자니아에서 흑연을 선광해 본 회사가 있나요',
      about({ capabilities: 'graphite-flake-plant froth-flotation', minerals: 'graphite', text: /선광/ }),
    ],
    ['폐배터리에서 블랙매스를 만드는 국내 기업을 추천해 주세요', BLACK],
    ['광산 트럭을 공급할 만한 한국 업체', about({ capabilities: 'mobile-fleet', text: /광산 트럭/ })],
    ['희토류를 분리정제하는 기술이 있는 곳', SEP],
    ['구리 제련소 건설 경험이 있는 회사', about({ capabilities: 'epc-mine cu-smelting', text: /제련/ })],
    [
      '칠레 염호에서 탄산리튬을 만들 협력사를 구합니다',
      about({ capabilities: 'li-carbonate brine-extraction', minerals: 'lithium', text: /염호/ }),
    ],
    ['I am looking for a Korean supplier of graphite anode material', GRANODE],
    ['companies that can build a desalination plant for a mine', WATER],
    ['who can recycle spent lithium batteries into black mass', BLACK],
    ['need a contractor for core drilling in Zambia', DRILL],
    ['manufacturer of sintered rare earth magnets for motors', MAGNET],
    ['project finance for a nickel mine', FIN],
    ['we want to buy slurry pumps', about({ capabilities: 'pumps-valves-supply', text: /slurry pump/i })],
    ['환경사회영향평가를 해 줄 컨설팅 회사', ESIA],
    ['정광을 벌크선으로 실어 나를 해운사', SHIP],
    ['전기차용 양극재 전구체 제조사', PCAM],
    ['광미댐 설계 전문 업체 찾습니다', TAIL],
    [
      'supplier of flotation reagents for copper ore',
      about({ capabilities: 'flotation-reagents', minerals: 'copper', text: /collectors/ }),
    ],
    [
      'ISO 14001 인증을 받은 필터프레스 업체',
      about({ capabilities: 'dewatering-filters', text: /필터프레스/ }),
    ],
  ]),
  ...group('trap', [
    ['동', CU],
    ['연', PB],
    ['주석', SN],
    ['동해', says(/동해/)],
    ['연구', says(/연구|research/)],
    ['은행', says(/은행|bank/i)],
    ['연간', says(/연간/)],
    ['강동', says(/강동/)],
    ['납품', says(/납품/)],
    ['동물', nobody],
    ['연애', nobody],
    ['은퇴', nobody],
    ['동화책', nobody],
    ['연극', nobody],
    ['silverware', nobody],
    ['tinder', nobody],
    ['leadership', nobody],
    ['자동', says(/자동/)],
  ]),
  ...group('cross language', [
    ['graphite anode', GRANODE],
    ['lithium hydroxide', LIOH],
    ['nickel sulphate', about({ capabilities: 'ni-sulphate', text: /황산니켈|nickel sulphate/i })],
    ['rare earth separation', SEP],
    ['permanent magnet', MAGNET],
    ['copper smelting', SMELT_CU],
    ['black mass', BLACK],
    ['cathode precursor', PCAM],
    ['tailings', TAIL],
    ['core drilling', DRILL],
    ['구리 제련', SMELT_CU],
    ['해상운송', SHIP],
    ['디지털 트윈', about({ capabilities: 'mine-digital-twin', text: /디지털트윈|digital twin/i })],
    ['플랜트 시공', EPC],
    ['zinc smelter', about({ capabilities: 'zn-pb-smelting', text: /아연|zinc/i })],
    ['mine closure', about({ capabilities: 'mine-closure', text: /폐광|mine closure/i })],
  ]),
  ...group('broader', [
    ['희토류', REE],
    [
      '이차전지 소재',
      about({
        capabilities:
          'cathode-ncm cathode-lfp anode-natural anode-synthetic anode-silicon pcam copper-foil electrolyte-separator li-hydroxide li-carbonate ni-sulphate co-sulphate hpmsm iron-phosphate spherical-graphite',
      }),
    ],
    ['양극재', CATHODE],
    ['음극재', ANODE],
    ['시추', DRILL],
    [
      '재활용',
      about({
        capabilities:
          'black-mass battery-dismantling hydromet-recycling magnet-recycling catalyst-recycling slag-tailings-reprocess',
        text: /재활용|recycl/i,
      }),
    ],
    ['백금족', about({ minerals: 'platinum palladium rhodium platinum-group' })],
    [
      '물류',
      about({
        capabilities: 'bulk-shipping project-cargo customs-clearance stockpile-mgmt',
        text: /물류|shipping/i,
      }),
    ],
    [
      '선광',
      about({
        capabilities:
          'graphite-flake-plant froth-flotation flotation-reagents dewatering-filters tailings-disposal',
        text: /선광/,
      }),
    ],
    ['물리탐사', about({ capabilities: 'airborne-geophysics ground-geophysics' })],
  ]),
];
