import type { SearchDocument } from './document.ts';

/** As whom documents are found; the same as the audience of a search. */
export type Finder =
  | { readonly kind: 'public' }
  | { readonly kind: 'company'; readonly organisationId: string | null; readonly vetted: boolean }
  | { readonly kind: 'lead'; readonly organisationId: string | null }
  | { readonly kind: 'official' };

export type Findable = Pick<SearchDocument, 'visibility' | 'owner' | 'invited'>;

/** May a document be found by somebody? The rule that engines write as a condition on their index. */
export function mayFind(finder: Finder, { visibility, owner, invited }: Findable): boolean {
  if (finder.kind === 'public') return visibility === 'public';
  if (finder.kind === 'official') return visibility !== 'private';
  if (visibility === 'public') return true;
  if (visibility === 'vetted' && finder.kind === 'company' && finder.vetted) return true;
  const id = finder.organisationId;
  if (id === null) return false;
  return owner === id || (visibility !== 'private' && invited.includes(id));
}

/** Equal finders have equal keys. */
export function finderKey(finder: Finder): string {
  if (finder.kind === 'company') return `c${finder.vetted ? 1 : 0}${finder.organisationId ?? ''}`;
  return finder.kind === 'lead' ? `l${finder.organisationId ?? ''}` : finder.kind;
}
