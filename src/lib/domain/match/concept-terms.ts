/**
 * Terms of the trade in both languages, beyond the names of minerals and capabilities: products, processes,
 * equipment and standards that a text may speak of. Each line: id, then words that mean it, parted by `|`.
 * Written for this product; short or everyday words (동, 연, 은, lead, tin) are left out on purpose.
 */
const LINES = `
concentrate|정광|concentrate
lateritic-ore|라테라이트|laterite
sulphide-ore|황화광|sulphide ore|sulfide ore
pegmatite|페그마타이트|pegmatite
brine|염호|염수|brine|salar
ionic-clay|이온흡착|ionic clay|ion-adsorption clay
mhp|혼합수산화물|mhp|mixed hydroxide precipitate
matte|니켈매트|nickel matte
black-mass|블랙매스|black mass
battery-grade|전지급|배터리급|battery grade|battery-grade
high-purity|고순도|high purity|high-purity
flake|인상흑연|flake graphite
spherical|구형흑연|spherical graphite|spheroidised graphite
anode|음극재|음극활물질|anode
cathode|양극재|양극활물질|cathode material|cathode active
precursor|전구체|precursor|pcam
separator|분리막|separator film
electrolyte|전해액|전해질|electrolyte
magnet|영구자석|희토류자석|permanent magnet|ndfeb
oxide|산화물|oxide
sulphate|황산염|황산니켈|황산코발트|황산망간|sulphate|sulfate
carbonate|탄산리튬|carbonate
hydroxide|수산화리튬|수산화물|hydroxide
ingot|잉곳|주괴|ingot
powder|분말|powder
foil|동박|copper foil
scrap|스크랩|scrap
tailings|광미|tailings
slag|슬래그|slag
drilling|시추|drilling|drill rig
assay|시금|성분분석|assay
jorc|jorc|ni 43-101|자원량 산정
feasibility|타당성|feasibility|bankable study
exploration|탐사|exploration
open-pit|노천채광|노천광|open pit|open-pit
underground|갱내채광|갱내|지하채광|underground mining|underground mine
blasting|발파|blasting
ventilation|통기|환기|ventilation
backfill|충전채굴|backfill
crushing|파쇄|crushing|crusher
grinding|분쇄|grinding|ball mill
flotation|부유선별|부유 선별|부선|flotation
gravity|비중선별|비중 선별|gravity separation|spiral
magnetic|자력선별|자력 선별|magnetic separation|magnetic separator
filtration|여과|필터프레스|filtration|filter press
thickener|농축기|시크너|thickener
drying|건조기|건조 설비|dryer|drying plant
leaching|침출|leaching|leach
hpal|고압산침출|hpal|pressure acid leach
solvent-extraction|용매추출|solvent extraction
ion-exchange|이온교환|ion exchange
electrowinning|전해채취|전해정련|electrowinning|electrorefining
crystallisation|결정화|crystallisation|crystallization|crystalliser
smelting|제련|smelting|smelter
roasting|배소|roasting|roaster
arc-furnace|전기로|아크로|arc furnace|rkef
sintering|소결|소성|sintering|calcination
refining|정련|정제|refining|purification
dle|직접리튬추출|dle|direct lithium extraction
hydrometallurgy|습식제련|습식 제련|hydrometallurgy|hydrometallurgical
recycling|재활용|재자원화|recycling
dismantling|해체|dismantling
pilot|파일럿|실증|pilot plant|pilot
modular|모듈형|모듈러|modular|skid
epc|epc|일괄시공|턴키|turnkey
commissioning|시운전|commissioning
om|운영관리|위탁운영|operation and maintenance
retrofit|개보수|증설|retrofit|expansion
dry-stack|건식적치|드라이스택|dry stack|dry-stack|filtered tailings
water-treatment|수처리|배수처리|water treatment
zero-discharge|무방류|zero liquid discharge
desalination|담수화|desalination
solar|태양광|solar
wind|풍력|wind power
storage|에너지저장|배터리저장|energy storage|bess
microgrid|마이크로그리드|microgrid
substation|변전소|substation
transmission|송전선|송전|transmission line
hydrogen|수소|암모니아|hydrogen|ammonia
road|진입도로|도로공사|access road|haul road
rail|철도|railway|rail spur
port|항만|부두|선적항|port terminal|jetty|berth
pipeline|송수관|배관망|pipeline
conveyor|컨베이어|conveyor
pump|펌프|pump
camp|숙소|캠프|accommodation camp
private-5g|특화망|private 5g|private lte
shipping|해상운송|벌크선|shipping|bulk carrier
heavy-lift|중량물|heavy lift|project cargo
customs|통관|customs
dangerous-goods|위험물|dangerous goods
stockpile|비축|stockpile
inspection|검수|품질검사|inspection
offtake|오프테이크|장기구매|offtake|off-take
streaming|스트리밍|선급금|streaming|prepayment
equity-stake|지분투자|지분 인수|equity stake|equity investment|joint venture|합작
project-finance|프로젝트금융|프로젝트 금융|프로젝트파이낸스|project finance
export-credit|수출신용|수출금융|export credit
insurance|보험|insurance
esia|환경사회영향|환경영향평가|esia|impact assessment
resettlement|이주 계획|이주대책|resettlement
community|지역사회|주민|community|local content
biodiversity|생물다양성|biodiversity
closure|폐광|복구|mine closure|rehabilitation
carbon-footprint|탄소발자국|탄소배출|전과정평가|carbon footprint|life cycle assessment|lca
traceability|추적|이력관리|traceability|chain of custody
due-diligence|실사|due diligence
irma|irma
rmap|rmap
digital-twin|디지털트윈|디지털 트윈|digital twin
autonomous|자율주행|무인운반|autonomous
fleet|배차|차량관제|dispatch|fleet management
automation|자동화|공정제어|automation|process control|dcs
sensors|센서|sensor|iot
predictive|예지보전|predictive maintenance|condition monitoring
drone|드론|drone|uav
gis|공간정보|gis|geospatial
remote-sensing|위성영상|원격탐사|satellite|remote sensing
cybersecurity|보안관제|사이버보안|cyber security|cybersecurity
training|교육훈련|기술교육|training
spare-parts|예비부품|예비품|spare parts
semiconductor|반도체|semiconductor
aerospace|항공우주|aerospace
electric-vehicle|전기차|electric vehicle
redox-flow|레독스흐름전지|바나듐배터리|redox flow|vrfb
stainless|스테인리스|stainless
germanium-wafer|웨이퍼|wafer
catalyst|촉매|catalyst
cemented-carbide|초경|cemented carbide|hard metal
`;

export interface ConceptTerm {
  id: string;
  words: readonly string[];
}

/** The terms, parsed. */
export function conceptTerms(): ConceptTerm[] {
  return LINES.trim()
    .split('\n')
    .map((line) => {
      const [id = '', ...words] = line.split('|');
      return { id, words };
    });
}
