import { msg } from '#lib/i18n/msg.ts';
import type { AboutText } from './about.ts';

export const accessibilityText: AboutText = {
  title: msg({ ko: '접근성', en: 'Accessibility' }),
  lead: msg({
    ko: '한국형 웹 콘텐츠 접근성 지침(KWCAG) 2.2와 WCAG 2.2 AA를 목표로 만들었습니다. 인증을 받은 것은 아닙니다.',
    en: 'Built to meet KWCAG 2.2 and WCAG 2.2 AA. It has not been certified.',
  }),
  sections: [
    {
      id: 'done',
      title: msg({ ko: '지금 되는 것', en: 'What works' }),
      blocks: [
        [
          msg({
            ko: '모든 화면은 자바스크립트 없이 읽고 쓰고 보낼 수 있습니다.',
            en: 'Every page can be read, filled in and sent without JavaScript.',
          }),
          msg({
            ko: '키보드만으로 쓸 수 있고, 초점이 항상 보이며, 본문으로 건너뛸 수 있습니다.',
            en: 'Everything works by keyboard, focus is always visible, and one can skip to the content.',
          }),
          msg({
            ko: '모든 그림과 지도에는 글 설명과 같은 값의 표가 있습니다.',
            en: 'Every chart and map has a description and a table of the same figures.',
          }),
          msg({
            ko: '상태는 낱말, 모양, 색의 차례로 알립니다. 색만으로 뜻을 전하지 않습니다.',
            en: 'A status is a word, a shape and a colour, in this order; colour never carries meaning alone.',
          }),
          msg({
            ko: '밝은 화면과 어두운 화면 모두 대비를 지키고, 움직임을 줄이라는 설정을 따릅니다.',
            en: 'Contrast holds in light and dark, and the preference for less motion is followed.',
          }),
          msg({
            ko: '잘못 적은 곳은 맨 위 요약과 그 칸 아래에 함께 알리고, 적은 값은 그대로 둡니다.',
            en: 'Errors stand in a summary on top and under the field, and what was typed is kept.',
          }),
          msg({
            ko: '다른 언어로 된 낱말에는 그 언어를 표시했습니다.',
            en: 'Words in another language are marked as such.',
          }),
        ],
      ],
    },
    {
      id: 'tested',
      title: msg({ ko: '어떻게 확인합니까', en: 'How it is tested' }),
      blocks: [
        msg({
          ko: '배포 전마다 실제 브라우저에서 자동 검사(axe)를 한국어와 영어, 밝은 화면과 어두운 화면에서 돌리고 위반이 하나라도 있으면 배포하지 않습니다. 자동 검사는 지침의 일부만 볼 수 있습니다.',
          en: 'Before each release an automatic check (axe) runs in a real browser, in both languages and both colour schemes; one violation stops the release. Such checks see only part of the guidelines.',
        }),
      ],
    },
    {
      id: 'gaps',
      title: msg({ ko: '아직 부족한 것', en: 'Known gaps' }),
      blocks: [
        [
          msg({
            ko: '화면 낭독기 사용자와 함께 한 시험은 아직 하지 않았습니다.',
            en: 'No test with users of screen readers has been done yet.',
          }),
          msg({
            ko: '회사가 올린 파일(PDF, 그림)의 접근성은 올린 곳에 달려 있습니다.',
            en: 'Files that organisations upload (PDF, images) are as accessible as they were made.',
          }),
          msg({
            ko: '출처의 이름과 일부 인증, 역량 설명은 영어로만 있습니다.',
            en: 'Names of sources and some descriptions of certificates and capabilities are in English only.',
          }),
          msg({
            ko: '수어와 쉬운 글은 제공하지 않습니다.',
            en: 'There is no sign language and no easy-to-read version.',
          }),
        ],
        msg({
          ko: '쓰기 어려운 곳을 찾으셨다면 담당 부처에 알려 주십시오. 주소와 하시려던 일을 함께 적어 주시면 됩니다.',
          en: 'If something is hard to use, tell the ministry; the address of the page and what you wanted to do are enough.',
        }),
      ],
    },
  ],
};
