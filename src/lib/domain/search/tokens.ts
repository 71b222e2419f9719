/**
 * The tokens an engine indexes. Each says in its first letter where a thing was found, so that "the mineral is
 * tagged" and "the word is somewhere in the text" are different tokens, and a query can ask for either by a
 * plain lookup, without weights or positions.
 */
export const FIELD = {
  /** Registry numbers, external ids, website hosts. */
  identifier: 'i',
  /** The whole name (title) without legal form and spaces. */
  name: 'n',
  /** A former name, whole. */
  former: 'o',
  /** A word or piece of a name. */
  nameWord: 'w',
  /** First consonants of the whole name. */
  choseong: 'h',
  /** First consonants of a word or piece of a name. */
  choseongWord: 'j',
  /** Loose sound of the whole name. */
  sound: 's',
  /** Loose sound of a word or piece of a name. */
  soundWord: 'q',
  /** A concept as tagged: capability, mineral, stage, country, certificate, size, status, type. */
  tag: 'g',
  /** A broader concept of a tagged one. */
  tagBroader: 'u',
  /** A neighbour of a tagged concept. */
  tagRelated: 'r',
  /** A mineral or capability of a reference project, not of the company's own capabilities. */
  experience: 'e',
  /** Capability and mineral tagged on one line: leaf+mineral. */
  pair: 'p',
  /** A concept in the name or title. */
  nameConcept: 'k',
  /** A concept in the text. */
  mention: 'm',
  /** A broader concept of one in the text. */
  mentionBroader: 'y',
  /** A facet value, for filters: mineral=graphite. */
  facet: 'f',
  /** A word of the text. */
  word: 't',
} as const;

export type Field = keyof typeof FIELD;

const FIELD_OF = new Map<string, Field>(Object.entries(FIELD).map(([field, mark]) => [mark, field as Field]));

/** A token: `g:graphite`, `n:해솔플랜트`. Spaces in a value become underscores. */
export function token(field: Field, value: string): string {
  return `${FIELD[field]}:${value.includes(' ') ? value.replaceAll(' ', '_') : value}`;
}

/** The field a token stands for. */
export function fieldOf(tok: string): Field {
  return FIELD_OF.get(tok.charAt(0)) ?? 'word';
}

/** Concept ids of reference data, which live in one space with the lexicon's own. */
export const conceptOf = {
  country: (iso2: string): string => `country-${iso2}`,
  certification: (id: string): string => `cert-${id}`,
  size: (id: string): string => `size-${id}`,
  type: (id: string): string => `type-${id}`,
  status: (id: string): string => `status-${id}`,
};
