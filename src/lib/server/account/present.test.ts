import { describe, expect, it } from 'vitest';
import { GATES, mayReach } from './gates.ts';
import { viewerOf } from './present.ts';
import { VISITOR } from '#lib/domain/account/actor.ts';
import { actorFor, type Hat, type OfficeHat } from '#lib/domain/account/hat.ts';
import { currentPlace, isBelow } from '#lib/domain/account/menu.ts';
import type { Session } from '#lib/server/auth/session.ts';

const both: Hat = {
  key: 'b',
  kind: 'both',
  nameKo: '가람',
  nameEn: '',
  role: 'owner',
  standing: 'registered',
  vettedUntil: null,
};
const office: OfficeHat = {
  key: 'office',
  kind: 'official',
  nameKo: '산업통상자원부',
  nameEn: '',
  role: 'official',
  standing: null,
  agency: 'motie',
};
const session: Session = {
  id: 's',
  account: { id: 'a', name: '한바다', email: 'a@example.com', verified: true, lang: 'ko', intent: 'company' },
  hats: [both],
  acting: 'b',
  unread: 3,
  unreadPaths: ['/company/interests/1', '/company/interests/2?x#y', '/lead/opportunities/3'],
  previousVisit: null,
};

describe('the frame’s viewer', () => {
  it('is nobody without a session', () => {
    expect(viewerOf(null, 'ko', '/')).toBeNull();
  });

  it('of an organisation with two sides sees the menu of the side it is on, and the way to the other', () => {
    const company = viewerOf(session, 'en', '/company/profile');
    expect(company?.hats).toEqual([
      { key: 'b', name: '가람', kind: 'company', role: 'owner', current: true },
    ]);
    expect(company?.nav.map(({ path }) => path)).toContain('/lead');
    const lead = viewerOf(session, 'en', '/lead/opportunities');
    expect(lead?.hats[0]?.kind).toBe('lead');
    expect(lead?.nav.map(({ path }) => path)).toContain('/company');
  });

  it('sees at each place how many unread notices lead there', () => {
    const nav = viewerOf(session, 'ko', '/company')?.nav ?? [];
    expect(nav.find(({ path }) => path === '/company/interests')?.count).toBe(2);
    expect(nav.find(({ path }) => path === '/company')?.count).toBeUndefined();
  });
});

describe('the current place of the menu', () => {
  const hats: Record<string, Hat> = {
    company: { ...both, kind: 'company' },
    lead: { ...both, kind: 'lead' },
    ministry: { ...office, kind: 'administrator' },
  };
  const paths = Object.keys(GATES).map((id) =>
    id.replaceAll(/\/\([a-z]+\)/gu, '').replaceAll(/\[[a-z]+\]/gu, '0192-abc'),
  );

  it.each(['company', 'lead', 'ministry'])('is that of the page, for every page of %s', (group) => {
    const hat = hats[group];
    if (!hat) throw new Error('no hat');
    const of = (path: string) =>
      currentPlace(viewerOf({ ...session, hats: [hat], acting: hat.key }, 'en', path)?.nav ?? [], path)?.path;
    const own = paths.filter((path) => isBelow(path, `/${group}`));
    expect(own.length).toBeGreaterThan(10);
    for (const path of own) {
      if (path === `/${group}`) expect(of(path)).toBe(path);
      else expect(of(path), path).toMatch(new RegExp(`^/${group}/`, 'u'));
    }
  });

  it('of a page that hangs below another section is that section', () => {
    const nav = viewerOf({ ...session, hats: [office], acting: office.key }, 'en', '/ministry')?.nav ?? [];
    expect(currentPlace(nav, '/ministry/relations/proposals/7')?.path).toBe('/ministry/matching');
    expect(currentPlace(nav, '/ministry/searches')?.path).toBe('/ministry/lexicon');
    expect(currentPlace(nav, '/ministry/not-there')).toBeNull();
    expect(currentPlace(nav, '/ministryish')).toBeNull();
  });
});

describe('the page one came from', () => {
  const owner = actorFor(session.account, both);
  it('is reached when its policy allows the actor', () => {
    expect(mayReach('/company/interests/0192-abc', owner)).toBe(true);
    expect(mayReach('/ministry', owner)).toBe(false);
    expect(mayReach('/company', VISITOR)).toBe(false);
    expect(mayReach('/', VISITOR)).toBe(true);
    expect(mayReach('/nowhere', owner)).toBe(false);
  });
});
