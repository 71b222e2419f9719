import { wordsOf } from './analyse.ts';
import { withShelves } from './groups.ts';
import type { Lexicon } from './lexicon.ts';
import { fold } from './normalize.ts';
import { TokenBag } from './token-bag.ts';
import { conceptOf, token } from './tokens.ts';

/** What an engine stores of a company, an opportunity or a project. Built by pure functions from rows. */

export const INDEX_KINDS = ['company', 'opportunity', 'project'] as const;
export type IndexKind = (typeof INDEX_KINDS)[number];

export const FACETS = [
  ...(['mineral', 'stage', 'capability', 'country', 'certification'] as const),
  ...(['size', 'status', 'type', 'phase', 'province'] as const),
];
export type Facet = (typeof FACETS)[number];
export type FacetValues = Partial<Record<Facet, readonly string[]>>;

/**
 * Who may find a document: everyone; vetted companies; organisations invited; or (`hidden`) only its owner and
 * officials. Officials find everything but `private`, which is the owner's alone (drafts).
 */
export type Visibility = 'public' | 'vetted' | 'invited' | 'hidden' | 'private';

export interface SearchDocument {
  readonly kind: IndexKind;
  readonly id: string;
  readonly source: string;
  readonly externalId: string;
  /** Rises with every change of the row: an older one never overwrites a newer one. */
  readonly version: number;
  readonly nameKo: string;
  readonly nameEn: string;
  readonly tokens: readonly string[];
  readonly vocabulary: readonly VocabularyWord[];
  readonly facets: FacetValues;
  readonly vetted: boolean;
  readonly visibility: Visibility;
  /** The organisation whose document it is. */
  readonly owner: string | null;
  /** Organisations that may find it besides. */
  readonly invited: readonly string[];
  readonly updatedAt: Date;
  readonly deadline: Date | null;
}

/** A word by which documents can be found inexactly: typos, inner matches, half-typed syllables. */
export interface VocabularyWord {
  readonly word: string;
  readonly letters: string;
  /** `n` whole name, `w` word of a name, `s` its loose sound, `t` word of the text. */
  readonly field: 'n' | 'w' | 's' | 't';
}

export interface CapabilityLine {
  readonly capability: string;
  readonly stage: string;
  readonly minerals: readonly string[];
  readonly notes: readonly string[];
}

export interface ReferenceLine {
  readonly title: string;
  readonly client: string;
  readonly country: string | null;
  readonly capability: string | null;
  readonly minerals: readonly string[];
}

export interface CompanyRow {
  readonly id: string;
  readonly source: string;
  readonly externalId: string;
  readonly version: number;
  readonly updatedAt: Date;
  readonly nameKo: string;
  readonly nameEn: string;
  readonly formerNames: readonly string[];
  readonly brn: string | null;
  readonly crn: string | null;
  readonly lei: string | null;
  readonly website: string;
  readonly size: string | null;
  readonly province: string;
  readonly summaryKo: string;
  readonly summaryEn: string;
  readonly capabilities: readonly CapabilityLine[];
  readonly certifications: readonly string[];
  readonly references: readonly ReferenceLine[];
  readonly countries: readonly string[];
  /** registered, vetted, suspended or refused. */
  readonly status: string;
  readonly published: boolean;
  /** Keeps its name back: found by itself, officials and those that know its name. */
  readonly masked: boolean;
  /** Leads that the company wrote to and that know its name. */
  readonly knownTo: readonly string[];
}

export interface OpportunityRow {
  readonly id: string;
  readonly source: string;
  readonly externalId: string;
  readonly number: string;
  readonly version: number;
  readonly updatedAt: Date;
  readonly titleKo: string;
  readonly titleEn: string;
  readonly summaryKo: string;
  readonly summaryEn: string;
  readonly publisher: string;
  readonly projectNames: readonly string[];
  readonly place: string;
  readonly country: string;
  readonly type: string;
  readonly minerals: readonly string[];
  readonly requirements: readonly CapabilityLine[];
  readonly certifications: readonly string[];
  readonly finance: readonly string[];
  readonly deadline: Date | null;
  readonly status: string;
  readonly visibility: Visibility;
  readonly owner: string | null;
  readonly invited: readonly string[];
}

export interface ProjectRow {
  readonly id: string;
  readonly source: string;
  readonly externalId: string;
  readonly version: number;
  readonly updatedAt: Date;
  readonly nameKo: string;
  readonly nameEn: string;
  readonly summaryKo: string;
  readonly summaryEn: string;
  readonly operator: string;
  readonly participants: readonly string[];
  readonly country: string;
  readonly minerals: readonly string[];
  /** MSP stages. */
  readonly stages: readonly string[];
  readonly phase: string;
}

const unique = (values: readonly (string | null | undefined)[]): string[] =>
  [...new Set(values.filter((v): v is string => v !== null && v !== undefined && v !== ''))].sort();

/** Host of a website, with and without www. */
function hostsOf(website: string): string[] {
  const host = fold(website)
    .replace(/^[a-z]+:\/\//, '')
    .replace(/[/?#:].*$/, '');
  return host === '' ? [] : unique([host, host.replace(/^www\./, ''), `www.${host.replace(/^www\./, '')}`]);
}

function finish(
  bag: TokenBag,
  facets: FacetValues,
): Pick<SearchDocument, 'tokens' | 'vocabulary' | 'facets'> {
  for (const facet of FACETS)
    for (const value of facets[facet] ?? []) bag.tokens.add(facetToken(facet, value));
  return { tokens: [...bag.tokens], vocabulary: [...bag.vocabulary.values()], facets };
}

/** The token by which a facet value is filtered. */
export function facetToken(facet: Facet, value: string): string {
  return token('facet', `${facet}=${value}`);
}

/** The search document of a company. Suspended and refused companies are found by officials and themselves only. */
export function companyDocument(lexicon: Lexicon, row: CompanyRow): SearchDocument {
  const bag = new TokenBag(lexicon);
  for (const id of [row.brn, row.crn, row.lei, row.externalId, ...hostsOf(row.website)]) bag.identifier(id);
  bag.name(row.nameKo);
  bag.name(row.nameEn);
  for (const name of row.formerNames) bag.name(name, 'former');
  for (const line of row.capabilities) bag.line(line);
  for (const id of row.certifications) bag.tag(conceptOf.certification(id));
  for (const iso of row.countries) bag.tag(conceptOf.country(iso));
  if (row.size !== null) bag.tag(conceptOf.size(row.size));
  if (row.status === 'vetted') bag.tag(conceptOf.status('vetted'));
  for (const line of row.references) bag.experience(line);
  for (const text of [row.summaryKo, row.summaryEn, row.province]) bag.text(text);
  const open = row.published && !row.masked && (row.status === 'registered' || row.status === 'vetted');
  return {
    ...{ kind: 'company', id: row.id, source: row.source, externalId: row.externalId, version: row.version },
    ...{ nameKo: row.nameKo, nameEn: row.nameEn },
    ...finish(bag, {
      mineral: withShelves('mineral', unique(row.capabilities.flatMap((c) => c.minerals))),
      stage: unique(row.capabilities.map((c) => c.stage)),
      capability: unique(row.capabilities.map((c) => c.capability)),
      country: withShelves('country', unique(row.countries)),
      certification: unique(row.certifications),
      size: unique([row.size]),
      status: [row.status],
      province: unique([row.province]),
    }),
    ...{
      vetted: row.status === 'vetted',
      visibility: open ? 'public' : row.published ? 'hidden' : 'private',
    },
    // A suspended company leaves search, also for those it has written to; they see its state where they deal with it.
    ...{ owner: row.id, invited: row.published && row.status !== 'suspended' ? row.knownTo : [] },
    ...{ updatedAt: row.updatedAt, deadline: null },
  };
}

/** The search document of an opportunity. */
export function opportunityDocument(lexicon: Lexicon, row: OpportunityRow): SearchDocument {
  const bag = new TokenBag(lexicon);
  bag.identifier(row.externalId);
  bag.identifier(row.number);
  bag.name(row.titleKo);
  bag.name(row.titleEn);
  for (const mineral of row.minerals) bag.tag(mineral);
  for (const line of row.requirements) bag.line(line);
  for (const id of row.certifications) bag.tag(conceptOf.certification(id));
  bag.tag(conceptOf.country(row.country));
  bag.tag(conceptOf.type(row.type));
  for (const text of [row.summaryKo, row.summaryEn, row.publisher, row.place, ...row.projectNames])
    bag.text(text);
  for (const tag of row.finance) bag.text(tag.replaceAll('-', ' '));
  return {
    ...{
      kind: 'opportunity',
      id: row.id,
      source: row.source,
      externalId: row.externalId,
      version: row.version,
    },
    ...{ nameKo: row.titleKo, nameEn: row.titleEn },
    ...finish(bag, {
      mineral: withShelves(
        'mineral',
        unique([...row.minerals, ...row.requirements.flatMap((r) => r.minerals)]),
      ),
      stage: unique(row.requirements.map((r) => r.stage)),
      capability: unique(row.requirements.map((r) => r.capability)),
      country: withShelves('country', [row.country]),
      certification: unique(row.certifications),
      type: [row.type],
      status: [row.status],
    }),
    ...{ vetted: row.status === 'open', visibility: row.visibility, owner: row.owner, invited: row.invited },
    ...{ updatedAt: row.updatedAt, deadline: row.deadline },
  };
}

/** The search document of a project. Projects are public. */
export function projectDocument(lexicon: Lexicon, row: ProjectRow): SearchDocument {
  const bag = new TokenBag(lexicon);
  bag.identifier(row.externalId);
  bag.name(row.nameKo);
  bag.name(row.nameEn);
  for (const mineral of row.minerals) bag.tag(mineral);
  for (const stage of row.stages) bag.tag(stage);
  if (row.phase === 'recycling' || row.phase === 'exploration') bag.tag(row.phase);
  bag.tag(conceptOf.country(row.country));
  for (const text of [row.summaryKo, row.summaryEn, row.operator, ...row.participants]) bag.text(text);
  for (const participant of row.participants) for (const word of wordsOf(participant)) bag.text(word.raw);
  return {
    ...{ kind: 'project', id: row.id, source: row.source, externalId: row.externalId, version: row.version },
    ...{ nameKo: row.nameKo, nameEn: row.nameEn },
    ...finish(bag, {
      mineral: withShelves('mineral', unique(row.minerals)),
      stage: unique(row.stages),
      country: withShelves('country', [row.country]),
      phase: [row.phase],
    }),
    ...{ vetted: false, visibility: 'public', owner: null, invited: [] },
    ...{ updatedAt: row.updatedAt, deadline: null },
  };
}
