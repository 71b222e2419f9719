/**
 * Cities and counties that company names begin with (여수복합물류, 제천광물시험원), so that such a head is a word of its
 * own: found by itself, by its first consonants and by its sound (Yosu, Chech'on). Provinces and the largest cities
 * stand in the lexicon.
 *
 * Source: 행정안전부 행정표준코드, 시·군, without the suffix; those that are a common noun as well are left out.
 */
const PLACES = new Set(
  [
    '수원 성남 의정부 안양 부천 광명 평택 동두천 고양 과천 남양주 오산 시흥 군포 의왕 하남 용인 파주 안성',
    '김포 포천 여주 연천 가평 양평 춘천 원주 강릉 동해 태백 속초 삼척 홍천 횡성 영월 평창 정선 철원 화천 양구',
    '인제 양양 청주 충주 제천 보은 옥천 영동 증평 진천 괴산 음성 단양 천안 보령 아산 서산 논산 계룡 당진 금산',
    '서천 청양 홍성 태안 전주 군산 익산 정읍 남원 김제 완주 진안 무주 임실 순창 고창 부안 목포 여수',
    '순천 나주 광양 담양 곡성 구례 고흥 보성 화순 장흥 강진 해남 영암 무안 함평 영광 장성 완도 진도 신안 포항 경주',
    '김천 안동 구미 영주 영천 문경 경산 의성 청송 영양 영덕 청도 고령 성주 칠곡 예천 봉화 울진 울릉 창원',
    '통영 사천 김해 밀양 거제 의령 함안 창녕 하동 산청 함양 거창 합천 서귀포 울주 기장 달성 군위 강화',
    '온산 새만금',
  ]
    .join(' ')
    .split(' '),
);

/** The place that a name begins with, when enough of the name is left; else null. */
export function placeAtHead(name: string): string | null {
  for (const length of [3, 2]) {
    const head = name.slice(0, length);
    if (name.length >= length + 2 && PLACES.has(head)) return head;
  }
  return null;
}
