import { isOfficeHat, type Hat } from '#lib/domain/account/hat.ts';
import { currentPlace, isBelow, type MenuPlace } from '#lib/domain/account/menu.ts';
import { roleName } from '#lib/i18n/account.ts';
import { otherLang, type Lang } from '#lib/i18n/lang.ts';
import { msg, type Message } from '#lib/i18n/msg.ts';
import type { HatKind, NavItem, Viewer } from '#lib/components/frame/viewer.ts';
import type { Session } from '#lib/server/auth/session.ts';

/** A name in the reader's language, or in the other one when only that is known. */
export function nameIn(lang: Lang, name: { nameKo: string; nameEn: string }): string {
  const names = { ko: name.nameKo, en: name.nameEn };
  return names[lang] || names[otherLang(lang)];
}

/**
 * Who is looking, for the frame of every page. `path` (without language prefix) decides which of its two menus an
 * organisation that is both company and project lead sees.
 */
export function viewerOf(session: Session | null, lang: Lang, path: string): Viewer | null {
  if (session === null) return null;
  const worn = session.hats.find((hat) => hat.key === session.acting) ?? null;
  return {
    name: session.account.name,
    hats: session.hats.map((hat) => ({
      key: hat.key,
      name: nameIn(lang, hat),
      kind: kindOn(hat, path),
      role: roleName[hat.role](lang),
      current: hat.key === session.acting,
    })),
    unread: session.unread,
    nav: worn ? navOf(worn, lang, path, session.unreadPaths) : [],
  };
}

function kindOn(hat: Hat, path: string): HatKind {
  if (hat.kind !== 'both') return hat.kind;
  return isBelow(path, '/lead') ? 'lead' : 'company';
}

interface Place extends MenuPlace {
  label: Message;
}

const people = msg({ ko: '구성원', en: 'People' });

const MENUS: Record<'company' | 'lead' | 'ministry', Place[]> = {
  company: [
    { path: '/company', label: msg({ ko: '홈', en: 'Home' }), exact: true },
    { path: '/company/profile', label: msg({ ko: '기업 정보', en: 'Profile' }) },
    {
      path: '/company/matches',
      label: msg({ ko: '맞는 기회', en: 'Matches' }),
      also: ['/company/alerts'],
    },
    {
      path: '/company/interests',
      label: msg({ ko: '관심 표명', en: 'Interests' }),
      also: ['/company/invitations'],
    },
    { path: '/company/teams', label: msg({ ko: '팀', en: 'Teams' }) },
    { path: '/company/vetting', label: msg({ ko: '심사', en: 'Vetting' }) },
    { path: '/company/people', label: people },
  ],
  lead: [
    { path: '/lead', label: msg({ ko: '홈', en: 'Home' }), exact: true },
    { path: '/lead/opportunities', label: msg({ ko: '내 공고', en: 'My notices' }) },
    { path: '/lead/suppliers', label: msg({ ko: '공급사 찾기', en: 'Find suppliers' }) },
    { path: '/lead/shortlists', label: msg({ ko: '후보 명단', en: 'Shortlists' }) },
    { path: '/lead/vetting', label: msg({ ko: '심사', en: 'Vetting' }) },
    { path: '/lead/people', label: people },
  ],
  ministry: [
    { path: '/ministry', label: msg({ ko: '홈', en: 'Home' }), exact: true },
    { path: '/ministry/vetting', label: msg({ ko: '심사', en: 'Vetting' }) },
    { path: '/ministry/opportunities', label: msg({ ko: '공고', en: 'Opportunities' }) },
    {
      path: '/ministry/matching',
      label: msg({ ko: '매칭', en: 'Matching' }),
      also: ['/ministry/relations'],
    },
    { path: '/ministry/projects', label: msg({ ko: '프로젝트', en: 'Projects' }) },
    {
      path: '/ministry/lexicon',
      label: msg({ ko: '용어집', en: 'Lexicon' }),
      also: ['/ministry/searches'],
    },
    { path: '/ministry/audit', label: msg({ ko: '기록', en: 'Audit trail' }) },
    { path: '/ministry/system', label: msg({ ko: '시스템', en: 'System' }) },
  ],
};

const toLead: Place = { path: '/lead', label: msg({ ko: '프로젝트 주체로', en: 'As project lead' }) };
const toCompany: Place = { path: '/company', label: msg({ ko: '기업으로', en: 'As company' }) };
const officials: Place = { path: '/ministry/people', label: msg({ ko: '담당자', en: 'Officials' }) };

function placesOf(hat: Hat, path: string): Place[] {
  if (isOfficeHat(hat)) return hat.kind === 'administrator' ? [...MENUS.ministry, officials] : MENUS.ministry;
  if (hat.kind === 'lead') return MENUS.lead;
  if (hat.kind === 'company') return MENUS.company;
  return isBelow(path, '/lead') ? [...MENUS.lead, toCompany] : [...MENUS.company, toLead];
}

/** The menu of a hat; each place with the number of unread notices that lead into it. */
function navOf(hat: Hat, lang: Lang, path: string, unreadPaths: readonly string[]): NavItem[] {
  const places = placesOf(hat, path);
  const counts = new Map<string, number>();
  for (const unread of unreadPaths) {
    const place = currentPlace(places, unread.split(/[?#]/, 1)[0] ?? '')?.path;
    if (place) counts.set(place, (counts.get(place) ?? 0) + 1);
  }
  return places.map((place) => ({
    ...place,
    label: place.label(lang),
    count: counts.get(place.path),
  }));
}
