import { describe, expect, it } from 'vitest';
import { renderAt } from '#lib/components/render-for-tests.ts';
import { clockRows } from './clock.ts';
import Clock from './Clock.svelte';
import Deadline from './Deadline.svelte';
import Stepper from './Stepper.svelte';
import Todo from './Todo.svelte';
import WhyPanel from './WhyPanel.svelte';

const now = new Date('2026-11-23T14:05:00+09:00');

describe('the why panel', () => {
  const panel = {
    score: 0.775,
    model: '2026-10',
    parts: [
      {
        name: 'capability',
        label: '역량',
        points: 0.34,
        max: 0.4,
        sentence: '있습니다.',
        evidence: { href: '/x', text: '실적 2건' },
      },
      {
        name: 'country',
        label: '나라 경험',
        points: 0.05,
        max: 0.1,
        sentence: '일부입니다.',
        evidence: { href: null, text: '비공개' },
      },
    ],
    gates: [
      { rule: '심사', passed: true, sentence: '검증됨' },
      { rule: 'ISO 9001', passed: false, sentence: '만료됩니다.', href: '/fix' },
    ],
    raise: [{ text: '감사 보고서를 올립니다.', points: 0.06, href: '/raise' }],
  };

  it('shows points of a hundred, with a decimal only when needed', () => {
    const html = renderAt(WhyPanel, panel);
    expect(html).toMatch(/77\.5<small> \/ 100점/u);
    expect(html).toMatch(/<strong>34\.0<\/strong> \/ 40점/u);
    expect(html).toContain('+6.0점');
  });

  it('draws all bars on one scale', () => {
    const html = renderAt(WhyPanel, panel);
    expect([...html.matchAll(/bar__max" width="([\d.]+)"/gu)].map((m) => m[1])).toEqual(['40', '10']);
    expect([...html.matchAll(/bar__value" width="([\d.]+)"/gu)].map((m) => m[1])).toEqual(['34', '5']);
  });

  it('links evidence, failed gates and steps, and nothing that may not be opened', () => {
    const html = renderAt(WhyPanel, panel, '/en/x');
    expect(html).toContain('<a href="/x">실적 2건</a>');
    expect(html).toContain('<span class="muted">비공개</span>');
    expect(html).toMatch(/href="\/fix">Correct it/u);
    expect(html).toContain('<a href="/raise">');
    expect(html).toContain('href="/en/about/matching"');
    expect(html).toContain('Not a candidate yet');
  });
});

describe('a deadline', () => {
  it('names the clock of the place when it differs', () => {
    const html = renderAt(Deadline, { at: '2026-11-30T17:00:00+03:00', now, zone: 'Africa/Dar_es_Salaam' });
    expect(html).toContain('7일 남음');
    expect(html).toContain('11. 30.(월) 23:00 (KST)');
    expect(html).toMatch(/현지 <time[^>]*>17:00<\/time>/u);
    expect(html).toContain('due--soon');
  });

  it('names the day of the place when it is another one', () => {
    const html = renderAt(Deadline, { at: '2026-12-09T17:00:00+00:00', now, zone: '+00:00' });
    expect(html).toMatch(/현지 <time[^>]*>12\. 9\.\(수\) 17:00/u);
  });

  it('is said once in Korea', () => {
    expect(renderAt(Deadline, { at: '2026-12-18T23:00:00+09:00', now, zone: 'Asia/Seoul' })).not.toContain(
      '현지',
    );
  });

  it('in a panel is written in full', () => {
    const props = { at: '2026-12-18T23:00:00+09:00', now, zone: '+03:00', look: 'panel' as const };
    expect(renderAt(Deadline, props, '/en')).toContain('18 Dec 2026, 17:00 UTC+3');
    expect(renderAt(Deadline, { ...props, at: '2026-11-20T23:00:00+09:00' })).toContain('마감');
  });
});

describe('steps', () => {
  it('never link the present one', () => {
    const html = renderAt(Stepper, {
      label: '단계',
      steps: [
        { name: '신원', state: 'done' as const, href: '/1' },
        { name: '역량', state: 'now' as const, href: '/2' },
      ],
    });
    expect(html).toContain('href="/1"');
    expect(html).not.toContain('href="/2"');
    expect(html).toContain('aria-current="step"');
  });
});

describe('things to do', () => {
  it('give copper to the first one only', () => {
    const item = { title: '답하기', href: '/a', action: '답하기', due: '2026-11-26T18:00:00+09:00' };
    const html = renderAt(Todo, { now, items: [item, { ...item, href: '/b' }] });
    expect(html.match(/btn--primary/gu)).toHaveLength(1);
    expect(html).toContain('3일 남음');
  });
});

describe('the clock of a case', () => {
  const days = [
    { date: '2026-11-20', state: 'used' as const },
    { date: '2026-11-21', state: 'used' as const },
    { date: '2026-11-23', state: 'paused' as const },
    { date: '2026-11-24', state: 'left' as const },
  ];

  it('lays days out week by week and leaves weekends out', () => {
    const rows = clockRows(days);
    expect(rows.map((row) => row.monday)).toEqual(['2026-11-16', '2026-11-23']);
    expect(rows[0]?.cells.map((cell) => cell?.date ?? null)).toEqual([null, null, null, null, '2026-11-20']);
  });

  it('says in words what it draws', () => {
    const html = renderAt(Clock, { days, today: '2026-11-23', due: '2026-11-24T18:00:00+09:00' });
    expect(html).toMatch(/<desc[^>]*>쓴 날 2일, 멈춘 날 1일, 남은 날 1일입니다\./u);
    expect(html).toContain('근무일 1일');
  });
});
