import { describe, expect, it } from 'vitest';
import { renderAt } from '#lib/components/render-for-tests.ts';
import Breadcrumb from './Breadcrumb.svelte';
import Header from './Header.svelte';
import PageHead from './PageHead.svelte';
import type { Viewer } from './viewer.ts';

const viewer: Viewer = {
  name: '김하늘',
  unread: 3,
  hats: [
    { key: 'c1', name: '해솔플랜트㈜', kind: 'company', role: '관리자', current: true },
    { key: 'l1', name: '마헹게 구매팀', kind: 'lead', role: '구성원', current: false },
  ],
  nav: [
    { path: '/company', label: '홈' },
    { path: '/company/vetting', label: '심사', count: 2 },
  ],
};

describe('the header', () => {
  it('offers the same page in the other language and signing in', () => {
    const html = renderAt(Header, { viewer: null }, '/opportunities?mineral=graphite');
    expect(html).toMatch(/href="\/en\/opportunities\?mineral=graphite" lang="en" hreflang="en"/u);
    expect(html).toContain('href="/sign-in"');
    expect(html).toMatch(/href="\/opportunities" aria-current="page"/u);
    expect(html).not.toContain('rolebar');
  });

  it('says as whom one acts and lets one change it without script', () => {
    const html = renderAt(Header, { viewer }, '/en/company/vetting?x=1');
    expect(html.match(/<form method="POST" action="\/en\/account\/acting">/gu)).toHaveLength(2);
    expect(html).toContain('<input type="hidden" name="hat" value="l1"');
    expect(html).toContain('name="back" value="/en/company/vetting?x=1"');
    expect(html).toMatch(/href="\/en\/company\/vetting" aria-current="page"/u);
    expect(html).toContain('action="/en/sign-out"');
    expect(html).toContain('3 unread');
  });

  it('marks demo data and shows an official notice', () => {
    const html = renderAt(Header, {
      viewer: null,
      demo: true,
      notice: { tone: 'warn', title: '점검합니다' },
    });
    expect(html).toContain('예시 데이터입니다');
    expect(html).toContain('점검합니다');
    expect(renderAt(Header, { viewer: null })).not.toContain('masthead');
  });
});

describe('the head of a page', () => {
  it('keeps phrases whole and marks the other language', () => {
    const html = renderAt(PageHead, { title: '인상흑연 정광|탈수·건조 설비', otherName: 'Filtration plant' });
    expect(html).toContain('<span class="phrase">탈수·건조 설비</span>');
    expect(html).toContain('<span class="other-name" lang="en">Filtration plant</span>');
    expect(html.match(/<h1/gu)).toHaveLength(1);
  });

  it('says where one is', () => {
    const html = renderAt(
      Breadcrumb,
      { items: [{ label: '기회', path: '/opportunities' }, { label: '이 공고' }] },
      '/en',
    );
    expect(html).toContain('href="/en/opportunities"');
    expect(html).toContain('<li aria-current="page">이 공고</li>');
  });
});
