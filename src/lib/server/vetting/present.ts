import { diffSnapshots, type SnapshotChange } from '#lib/domain/company/diff.ts';
import type { CompanySnapshot } from '#lib/domain/company/snapshot.ts';
import { formatNumber } from '#lib/i18n/format.ts';
import type { Lang } from '#lib/i18n/lang.ts';
import {
  NOTHING,
  SNAPSHOT_SECTIONS,
  snapshotField,
  snapshotOrder,
  snapshotValue,
  YES_NO,
} from '#lib/i18n/snapshot.ts';
import type { Context } from '#lib/server/platform/context.ts';

/** A line of what was submitted. */
export interface SubjectLine {
  label: string;
  value: string;
  files: { id: string; name: string }[];
}
export interface SubjectSection {
  title: string;
  /** One block an entry; sections of single values have one block. */
  blocks: { title: string; lines: SubjectLine[] }[];
}
export interface SubjectChange {
  label: string;
  before: string;
  after: string;
}

export interface CaseSubject {
  sections: SubjectSection[];
  /** Against the snapshot vetted last; null when there is none. */
  changes: SubjectChange[] | null;
}

/** Names of reference entries in the reader's language; an id without one stands for itself. */
type Names = (kind: 'capability' | 'certification' | 'country' | 'mineral', id: string) => string;

/** The submitted snapshot in words, and what differs from the last vetted one. */
export async function presentCase(
  ctx: Context,
  found: { supplier: boolean; snapshot: unknown; previous_snapshot: unknown },
): Promise<CaseSubject> {
  const { lang } = ctx;
  const names = await referenceNames(ctx);
  if (!found.supplier) {
    const lines = linesOf(lang, names, leadIdentity(found.snapshot));
    return {
      sections: [{ title: SNAPSHOT_SECTIONS.identity(lang), blocks: [{ title: '', lines }] }],
      changes: null,
    };
  }
  const snapshot = found.snapshot as CompanySnapshot;
  const previous = found.previous_snapshot as CompanySnapshot | null;
  return {
    sections: sectionsOf(lang, names, snapshot),
    changes: previous
      ? diffSnapshots(previous, snapshot).flatMap((change) => changeWords(lang, names, change))
      : null,
  };
}

/** A lead's snapshot holds its row's columns; their names are those of the snapshot fields, in snake case. */
function leadIdentity(snapshot: unknown): Record<string, unknown> {
  const camel = (key: string) => key.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
  return Object.fromEntries(Object.entries(snapshot as object).map(([key, value]) => [camel(key), value]));
}

function sectionsOf(lang: Lang, names: Names, snapshot: CompanySnapshot): SubjectSection[] {
  const keys = Object.keys(SNAPSHOT_SECTIONS) as (keyof typeof SNAPSHOT_SECTIONS)[];
  return keys.map((key) => {
    const content = snapshot[key];
    const entries: object[] = Array.isArray(content) ? content : [content];
    return {
      title: SNAPSHOT_SECTIONS[key](lang),
      blocks: entries.map((entry) => ({
        title: Array.isArray(content) ? entryTitle(lang, names, entry) : '',
        lines: linesOf(lang, names, entry),
      })),
    };
  });
}

function entryTitle(lang: Lang, names: Names, entry: object): string {
  const { capability, certification, title, country } = entry as Record<string, string | undefined>;
  if (title) return title;
  if (certification) return names('certification', certification);
  if (capability) return names('capability', capability);
  return country ? names('country', country) : NOTHING(lang);
}

function linesOf(lang: Lang, names: Names, entry: object): SubjectLine[] {
  return Object.entries(entry)
    .toSorted(([a], [b]) => snapshotOrder(a) - snapshotOrder(b))
    .filter(([field, value]) => field !== 'id' && !isEmpty(value))
    .map(([field, value]) => ({
      label: snapshotField(field)(lang),
      value: isFile(value) ? '' : valueWords(lang, names, field, value),
      files: isFile(value) ? [{ id: value.id, name: value.name }] : [],
    }));
}

function changeWords(lang: Lang, names: Names, change: SnapshotChange): SubjectChange[] {
  const words = (field: string, value: unknown) =>
    isEmpty(value) ? NOTHING(lang) : valueWords(lang, names, field, value);
  if (!('entry' in change)) {
    return [
      {
        label: snapshotField(change.field)(lang),
        before: words(change.field, change.before),
        after: words(change.field, change.after),
      },
    ];
  }
  const entry = change.entry.kind === 'text' ? change.entry.text : names(change.entry.kind, change.entry.id);
  const label = `${SNAPSHOT_SECTIONS[change.section](lang)}: ${entry}`;
  const summary = (side: 'before' | 'after') =>
    change.fields
      .filter((field) => !isEmpty(field[side]))
      .map((field) => `${snapshotField(field.field)(lang)} ${words(field.field, field[side])}`)
      .join(', ') || NOTHING(lang);
  return [{ label, before: summary('before'), after: summary('after') }];
}

function isEmpty(value: unknown): boolean {
  return (
    value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)
  );
}

function isFile(value: unknown): value is { id: string; name: string } {
  return typeof value === 'object' && value !== null && 'sha256' in value;
}

function valueWords(lang: Lang, names: Names, field: string, value: unknown): string {
  if (typeof value === 'boolean') return (value ? YES_NO.yes : YES_NO.no)(lang);
  if (isFile(value)) return value.name;
  if (typeof value === 'number' && !isYear(field)) return formatNumber(lang, value);
  if (Array.isArray(value)) return value.map((one) => valueWords(lang, names, field, one)).join(', ');
  const text = String(value);
  const words = snapshotValue(field, text, lang);
  if (words !== null) return words;
  if (field === 'minerals') return names('mineral', text);
  if (field === 'capability' || field === 'certification' || field === 'country') return names(field, text);
  if (field === 'brn') return text.replace(/^(\d{3})(\d{2})(\d{5})$/, '$1-$2-$3');
  if (field === 'crn') return text.replace(/^(\d{6})(\d{7})$/, '$1-$2');
  return text;
}

function isYear(field: string): boolean {
  return field === 'year' || field === 'since' || field === 'founded' || field === 'ksicRevision';
}

async function referenceNames(ctx: Context): Promise<Names> {
  const [capabilities, certifications, countries, minerals] = await Promise.all([
    ctx.db.selectFrom('capability').select(['id', 'name_ko', 'name_en']).execute(),
    ctx.db.selectFrom('certification').select(['id', 'name']).execute(),
    ctx.db.selectFrom('country').select(['iso2 as id', 'name_ko', 'name_en']).execute(),
    ctx.db.selectFrom('mineral').select(['id', 'name_ko', 'name_en']).execute(),
  ]);
  const inLang = (rows: { id: string; name_ko: string; name_en: string }[]) =>
    new Map(rows.map((row) => [row.id, ctx.lang === 'ko' ? row.name_ko : row.name_en]));
  const maps = {
    capability: inLang(capabilities),
    certification: new Map(certifications.map(({ id, name }) => [id, name])),
    country: inLang(countries),
    mineral: inLang(minerals),
  };
  return (kind, id) => maps[kind].get(id) ?? id;
}
