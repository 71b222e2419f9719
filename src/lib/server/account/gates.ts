import type { Actor } from '#lib/domain/account/actor.ts';
import {
  anyone,
  isAdministrator,
  isCompanyEditor,
  isCompanyMember,
  isLeadEditor,
  isLeadMember,
  isOfficial,
  isSignedIn,
  type Policy,
} from '#lib/domain/account/policy.ts';

/**
 * Who may reach which route, by SvelteKit's route id. A route that is not named here answers 404: deny by default.
 * What may be done to one row is decided again in the command or query.
 */
export const GATES: Record<string, Policy> = {
  // public
  '/(public)': anyone,
  '/(public)/opportunities': anyone,
  '/(public)/opportunities/export.[format]': anyone,
  '/(public)/opportunities/[id]': anyone,
  '/(public)/projects': anyone,
  '/(public)/projects/export.[format]': anyone,
  '/(public)/projects/[id]': anyone,
  '/(public)/companies': anyone,
  '/(public)/companies/export.[format]': anyone,
  '/(public)/companies/[id]': anyone,
  '/(public)/minerals': anyone,
  '/(public)/minerals/[id]': anyone,
  '/(public)/countries': anyone,
  '/(public)/countries/[iso2]': anyone,
  '/(public)/frameworks': anyone,
  '/(public)/frameworks/[id]': anyone,
  '/(public)/about/[page]': anyone,
  '/(public)/about/data/[file]': anyone,
  '/(public)/sign-in': anyone,
  '/(public)/sign-up': anyone,
  '/(public)/sign-up/check-mail': anyone,
  '/(public)/reset': anyone,
  '/(public)/reset/[token]': anyone,
  '/(public)/verify/[token]': anyone,
  '/(public)/invitation/[token]': anyone,
  '/(public)/stop/[token]': anyone,
  '/(public)/dev/mail': anyone,
  '/(public)/dev/mail/[id]': anyone,
  '/(public)/demo/sign-in': anyone,
  '/(public)/not-here': anyone,
  '/sign-out': anyone,
  // account
  '/(account)/account': isSignedIn,
  '/(account)/account/acting': isSignedIn,
  '/(account)/account/security': isSignedIn,
  '/(account)/account/sessions': isSignedIn,
  '/(account)/account/notices': isSignedIn,
  '/(account)/account/language': isSignedIn,
  '/(account)/account/searches': isSignedIn,
  '/(account)/account/organisation': isSignedIn,
  '/(account)/account/appeals': isSignedIn,
  '/(account)/account/appeals/new': isSignedIn,
  '/(account)/account/appeals/[id]': isSignedIn,
  '/(account)/files/[id]': isSignedIn,
  // company
  '/(company)/company': isCompanyMember,
  '/(company)/company/profile': isCompanyMember,
  '/(company)/company/profile/identity': isCompanyMember,
  '/(company)/company/profile/capabilities': isCompanyMember,
  '/(company)/company/profile/evidence': isCompanyMember,
  '/(company)/company/profile/reach': isCompanyMember,
  '/(company)/company/profile/review': isCompanyMember,
  '/(company)/company/matches': isCompanyMember,
  '/(company)/company/matches/[id]': isCompanyMember,
  '/(company)/company/interests': isCompanyMember,
  '/(company)/company/interests/[id]': isCompanyMember,
  '/(company)/company/interests/new/[opportunity]': isCompanyEditor,
  '/(company)/company/invitations/[opportunity]': isCompanyMember,
  '/(company)/company/teams': isCompanyMember,
  '/(company)/company/teams/[id]': isCompanyMember,
  '/(company)/company/teams/new/[opportunity]/[company]': isCompanyEditor,
  '/(company)/company/vetting': isCompanyMember,
  '/(company)/company/vetting/requests/[id]': isCompanyMember,
  '/(company)/company/alerts': isCompanyMember,
  '/(company)/company/people': isCompanyMember,
  // lead
  '/(lead)/lead': isLeadMember,
  '/(lead)/lead/opportunities': isLeadMember,
  '/(lead)/lead/opportunities/new': isLeadEditor,
  '/(lead)/lead/opportunities/[id]': isLeadMember,
  '/(lead)/lead/opportunities/[id]/edit/[step]': isLeadEditor,
  '/(lead)/lead/opportunities/[id]/matches': isLeadMember,
  '/(lead)/lead/opportunities/[id]/matches/[company]': isLeadMember,
  '/(lead)/lead/opportunities/[id]/what-if': isLeadMember,
  '/(lead)/lead/opportunities/[id]/interests': isLeadMember,
  '/(lead)/lead/opportunities/[id]/interests/[interest]': isLeadMember,
  '/(lead)/lead/opportunities/[id]/invitations/[company]': isLeadMember,
  '/(lead)/lead/suppliers': isLeadMember,
  '/(lead)/lead/shortlists': isLeadMember,
  '/(lead)/lead/shortlists/[id]': isLeadMember,
  '/(lead)/lead/people': isLeadMember,
  '/(lead)/lead/vetting': isLeadMember,
  '/(lead)/lead/vetting/requests/[id]': isLeadMember,
  // ministry
  '/(ministry)/ministry': isOfficial,
  '/(ministry)/ministry/vetting': isOfficial,
  '/(ministry)/ministry/vetting/[case]': isOfficial,
  '/(ministry)/ministry/opportunities': isOfficial,
  '/(ministry)/ministry/opportunities/[id]': isOfficial,
  '/(ministry)/ministry/projects': isOfficial,
  '/(ministry)/ministry/people': isAdministrator,
  '/(ministry)/ministry/audit': isOfficial,
  '/(ministry)/ministry/lexicon': isOfficial,
  '/(ministry)/ministry/lexicon/term': isOfficial,
  '/(ministry)/ministry/lexicon/history': isOfficial,
  '/(ministry)/ministry/relations': isOfficial,
  '/(ministry)/ministry/relations/edit': isOfficial,
  '/(ministry)/ministry/relations/history': isOfficial,
  '/(ministry)/ministry/relations/proposals/[id]': isOfficial,
  '/(ministry)/ministry/matching': isOfficial,
  '/(ministry)/ministry/matching/runs': isOfficial,
  '/(ministry)/ministry/matching/models': isOfficial,
  '/(ministry)/ministry/matching/models/new': isOfficial,
  '/(ministry)/ministry/matching/models/[id]': isOfficial,
  '/(ministry)/ministry/matching/appeals': isOfficial,
  '/(ministry)/ministry/matching/appeals/[id]': isOfficial,
  '/(ministry)/ministry/searches': isOfficial,
  '/(ministry)/ministry/system': isOfficial,
  // interface for programs
  '/api/v1/companies': anyone,
  '/api/v1/companies/[id]/matches': anyone,
  '/api/v1/opportunities': anyone,
  '/api/v1/opportunities/[id]/matches': anyone,
  '/api/v1/opportunities/[id]/matches/[company]': anyone,
  '/api/v1/projects': anyone,
  '/api/v1/suggest': anyone,
  '/api/v1/openapi.json': anyone,
  // operation
  '/livez': anyone,
  '/readyz': anyone,
  '/metrics': anyone,
};

/** Segments of a route id without its groups: `/(company)/company/[id]` → `['company', '[id]']`. */
const segmentsOf = (id: string) => id.split('/').filter((part) => part !== '' && !part.startsWith('('));

const ROUTES = Object.entries(GATES).map(([id, policy]) => ({ segments: segmentsOf(id), policy }));

/** May the actor open the page of a path (without language prefix)? Unknown paths: no. */
export function mayReach(path: string, actor: Actor): boolean {
  const parts = path.split('/').filter((part) => part !== '');
  const fits = ROUTES.filter(
    ({ segments }) =>
      segments.length === parts.length &&
      segments.every((segment, i) => segment.startsWith('[') || segment === parts[i]),
  );
  return fits.some(({ policy }) => policy(actor));
}
