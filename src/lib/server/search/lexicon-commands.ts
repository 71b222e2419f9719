import { isOfficial } from '#lib/domain/account/policy.ts';
import { stillFits, type RowChange } from '#lib/domain/amendment/amendment.ts';
import { checkTerm, isWordList } from '#lib/domain/search/lexicon-check.ts';
import { entryKeyOf, type LexiconEntry } from '#lib/domain/search/lexicon-entries.ts';
import type { Lexicon } from '#lib/domain/search/lexicon.ts';
import { alone, propose, putInEffect, undoing } from '#lib/server/amendment/write.ts';
import { lexiconOf, type LexiconInEffect } from '#lib/server/search/lexicon-queries.ts';
import { command, type WriteContext } from '#lib/server/platform/command.ts';
import { done, refuse } from '#lib/server/platform/result.ts';

/** Changes of the lexicon by officials: in effect at once, and undone as easily. */

/** What an official says of a term; kind and what is broader follow from the concept. */
export interface TermFields {
  concept: string;
  lang: string;
  term: string;
  form: string;
}

export interface TermChange {
  /** What names the entry that changes ({@link entryKeyOf}); null: a term is added. */
  key: string | null;
  /** Null: the entry is withdrawn. */
  after: TermFields | null;
  source: string;
  note: string;
}

/** The change as rows of the lexicon, or what is wrong with it. */
export function readTermChange(
  { entries, lexicon }: LexiconInEffect,
  change: TermChange,
): { rows: RowChange<LexiconEntry> } | { fields: Record<string, string> } | null {
  const before = change.key === null ? null : (entries.find((row) => entryKeyOf(row) === change.key) ?? null);
  if (change.key !== null && before === null) return null;
  if (change.after === null) {
    const last = entries.filter((row) => row.concept === before?.concept).length < 2;
    return last && before !== null && !isWordList(before.concept)
      ? { fields: { term: 'term-last' } }
      : { rows: { before, after: null } };
  }
  const after = rowOf(lexicon, change.after, before, change.source);
  const { errors } = checkTerm(entries, lexicon, before, after);
  return Object.keys(errors).length > 0 ? { fields: errors } : { rows: { before, after } };
}

/** The row of a term as it would be stored. */
export function rowOf(
  lexicon: Lexicon,
  { concept, lang, term, form }: TermFields,
  before: LexiconEntry | null,
  source: string,
): LexiconEntry {
  const kind = isWordList(concept) ? concept : (lexicon.concepts.get(concept)?.kind ?? '');
  const broader = before !== null && before.concept === concept ? before.broader : '';
  return { concept, kind, lang, term: term.normalize('NFC'), form, broader, source };
}

/** Adds, changes or withdraws a term. */
export const changeTerm = command({
  name: 'lexicon.change',
  policy: isOfficial,
  async run(tx, input: TermChange) {
    if (tx.accountId === null) return refuse('forbidden');
    await alone(tx);
    const read = readTermChange(await lexiconOf(tx.db), input);
    if (read === null) return refuse('changed-meanwhile');
    if ('fields' in read) return refuse('invalid', read.fields);
    const { source, note } = input;
    const id = await propose(tx, tx.accountId, { subject: 'term', ...read.rows, source, note });
    await takeEffect(tx, tx.accountId, id);
    const { before, after } = read.rows;
    await tx.audit({ action: 'lexicon.change', object: objectOf(id), before, after: { ...after, note } });
    return done({ id });
  },
});

/** Undoes a change: the entry is again as it was before, unless it was changed once more. */
export const undoTermChange = command({
  name: 'lexicon.undo',
  policy: isOfficial,
  async run(tx, input: { id: number; note: string }) {
    if (tx.accountId === null) return refuse('forbidden');
    await alone(tx);
    const found = await undoing(tx, input.id, ['term']);
    if ('ok' in found) return found;
    const { entries } = await lexiconOf(tx.db);
    if (!stillFits(entries, found.reverse, entryKeyOf)) return refuse('changed-meanwhile');
    const id = await propose(tx, tx.accountId, {
      ...{ subject: 'term', ...found.reverse, source: found.stored.source },
      ...{ note: input.note, undoes: input.id },
    });
    await takeEffect(tx, tx.accountId, id);
    const { before, after } = found.reverse;
    const { note, id: undoes } = input;
    await tx.audit({
      action: 'lexicon.undo',
      object: objectOf(id),
      before,
      after: { ...after, note, undoes },
    });
    return done({ id });
  },
});

/** In effect with the commit; the documents it touches are read again by the job. */
async function takeEffect(tx: WriteContext, by: string, id: number): Promise<void> {
  await putInEffect(tx, by, id);
  await tx.job('search.lexicon', { amendment: id });
}

const objectOf = (id: number) => ({ kind: 'amendment', id: String(id) });
