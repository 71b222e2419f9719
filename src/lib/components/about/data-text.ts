import { msg } from '#lib/i18n/msg.ts';
import type { AboutText } from './about.ts';

export const dataText: AboutText = {
  title: msg({ ko: '데이터와 출처', en: 'Data and sources' }),
  lead: msg({
    ko: '밖에서 온 사실에는 모두 출처, 신뢰도, 기록한 날이 있습니다. 사실 곁의 ※를 누르면 열립니다.',
    en: 'Every fact from outside has its source, confidence and date. They open from the mark ※ beside the fact.',
  }),
  sections: [
    {
      id: 'confidence',
      title: msg({ ko: '신뢰도', en: 'Confidence' }),
      blocks: [
        [
          msg({
            ko: '확인됨: 이름을 적은 문서나 검색 발췌에서 읽은 사실입니다. 기사 전체가 아니라 발췌만 읽은 것도 있습니다.',
            en: 'Verified: read in the named document or search excerpt. For some only an excerpt was read, not the whole article.',
          }),
          msg({
            ko: '미확인(일반 상식): 배경 지식으로 적었고 아직 문서에서 확인하지 않았습니다.',
            en: 'Not verified (general knowledge): written from background knowledge, not yet checked in a document.',
          }),
          msg({
            ko: '당사자가 밝힘: 회사나 기관이 자신에 대해 적은 것입니다.',
            en: 'Stated by the organisation: what a company or body says of itself.',
          }),
        ],
      ],
    },
    {
      id: 'limits',
      title: msg({ ko: '알아 두실 것', en: 'Known limits' }),
      blocks: [
        [
          msg({
            ko: '생산과 매장량은 미국 지질조사국(USGS) Mineral Commodity Summaries 2026년판의 옮긴 자료이며, PDF 원본과 모두 대조하지는 않았습니다. 같은 해가 두 판에 있으면 새 판을 씁니다.',
            en: 'Production and reserves come from transcriptions of the USGS Mineral Commodity Summaries 2026, not all checked against the PDFs. Where a year stands in two editions, the newer one is used.',
          }),
          msg({
            ko: '구리의 나라별 광산 생산은 2024년까지만 있고, 저마늄에는 나라별 표가 없습니다. 없는 값은 비워 둡니다.',
            en: 'Copper mine production by country ends with 2024, and germanium has no table by country. What is missing stays open.',
          }),
          msg({
            ko: '프로젝트의 좌표는 모두 대략입니다. MSP 프로젝트의 전체 목록은 공개되지 않았으므로, 연결을 찾지 못했다는 것이 연결이 없다는 뜻은 아닙니다.',
            en: 'All project coordinates are approximate. The MSP does not publish its full list of projects, so a tie that was not found may still exist.',
          }),
          msg({
            ko: '한 프로젝트는 여러 광물과 여러 단계에 들 수 있습니다. 광물별, 단계별 개수는 겹치므로 더해서 전체를 구할 수 없습니다.',
            en: 'A project may have several minerals and stages. Counts by mineral and stage overlap and do not add up to a total.',
          }),
          msg({
            ko: '협력체 회원의 날짜는 알려진 만큼만 적었습니다. 벨기에는 2025년 3월 4일 참관국, 11월 18일 회원국으로 나왔고 그 사이 가입일은 알려지지 않았습니다.',
            en: 'Dates of membership are given as far as known. Belgium was an observer on 4 March and named a member on 18 November 2025; the day between is not known.',
          }),
          msg({
            ko: 'FORGE의 회원 명단과 2026년 7월 뒤의 의장은 찾지 못했습니다. 그 날짜에는 알려지지 않았다고 답합니다.',
            en: 'FORGE’s list of members and its chair after June 2026 were not found; for those dates the answer is “not known”.',
          }),
          msg({
            ko: '한국표준산업분류는 10차 개정판입니다. 11차(2024년 7월)는 아직 담지 못했습니다.',
            en: 'The Korean Standard Industrial Classification is revision 10; revision 11 (July 2024) is not yet included.',
          }),
          msg({
            ko: '프로젝트 요약, 광물의 쓰임, 협력체 설명의 한국어는 광맥이 옮긴 글이며 공식 번역이 아닙니다.',
            en: 'The Korean of project summaries, uses and notes is our own rendering, not an official translation.',
          }),
        ],
      ],
    },
  ],
};
