import type { CompanySnapshot } from '#lib/domain/company/snapshot.ts';

/** The parts of a profile that hold one value a field. */
export type SingleSection = 'identity' | 'reach';
/** The parts that are lists of entries. */
export type ListSection = 'capabilities' | 'certifications' | 'references' | 'countries';

/** What names an entry to a reader: the id of a capability, certification or country, or a title. */
export type EntryLabel =
  | { kind: 'capability'; id: string }
  | { kind: 'certification'; id: string }
  | { kind: 'country'; id: string }
  | { kind: 'text'; text: string };

/** One value that differs. `field` is a key of the snapshot's section, worded by `snapshotField` in i18n. */
export interface FieldChange {
  field: string;
  before: unknown;
  after: unknown;
}

export type SnapshotChange =
  | ({ section: SingleSection; kind: 'changed' } & FieldChange)
  | { section: ListSection; kind: 'added'; entry: EntryLabel; id: string; fields: FieldChange[] }
  | { section: ListSection; kind: 'removed'; entry: EntryLabel; id: string; fields: FieldChange[] }
  | { section: ListSection; kind: 'changed'; entry: EntryLabel; id: string; fields: FieldChange[] };

const LISTS = ['capabilities', 'certifications', 'references', 'countries'] as const;

type Entry = { id: string };

/**
 * What differs between two snapshots, in the order of the profile. An entry is the same when its id is; a removed
 * and an added entry list all their fields, the missing side being null.
 */
export function diffSnapshots(before: CompanySnapshot, after: CompanySnapshot): SnapshotChange[] {
  return [
    ...singleChanges('identity', before.identity, after.identity),
    ...LISTS.flatMap((section) => listChanges(section, before[section], after[section])),
    ...singleChanges('reach', before.reach, after.reach),
  ];
}

/** Do two snapshots say the same? */
export function sameSnapshot(before: CompanySnapshot, after: CompanySnapshot): boolean {
  return diffSnapshots(before, after).length === 0;
}

function singleChanges(section: SingleSection, before: object, after: object): SnapshotChange[] {
  return fieldChanges(before, after).map((change) => ({ section, kind: 'changed', ...change }));
}

function listChanges(
  section: ListSection,
  before: readonly Entry[],
  after: readonly Entry[],
): SnapshotChange[] {
  const old = new Map(before.map((entry) => [entry.id, entry]));
  const kept = new Set(after.map((entry) => entry.id));
  const changes: SnapshotChange[] = [];
  for (const entry of after) {
    const previous = old.get(entry.id);
    const fields = fieldChanges(previous ?? {}, entry);
    if (fields.length === 0) continue;
    const kind = previous ? 'changed' : 'added';
    changes.push({ section, kind, entry: labelOf(section, entry), id: entry.id, fields });
  }
  for (const entry of before) {
    if (kept.has(entry.id)) continue;
    const fields = fieldChanges(entry, {});
    changes.push({ section, kind: 'removed', entry: labelOf(section, entry), id: entry.id, fields });
  }
  return changes;
}

function fieldChanges(before: object, after: object): FieldChange[] {
  const old = new Map<string, unknown>(Object.entries(before));
  const fresh = new Map<string, unknown>(Object.entries(after));
  return [...new Set([...old.keys(), ...fresh.keys()])]
    .filter((field) => field !== 'id')
    .map((field) => ({ field, before: old.get(field) ?? null, after: fresh.get(field) ?? null }))
    .filter((change) => !sameValue(change.before, change.after));
}

/** Values of a snapshot are plain; a file is the same when its content is, whatever row keeps it. */
function sameValue(before: unknown, after: unknown): boolean {
  return textOf(before) === textOf(after);
}

function textOf(value: unknown): string {
  if (isFile(value)) return `${value.name}\n${value.sha256}`;
  return isBlank(value) ? '' : JSON.stringify(value);
}

function isFile(value: unknown): value is { name: string; sha256: string } {
  return typeof value === 'object' && value !== null && 'sha256' in value && 'name' in value;
}

function isBlank(value: unknown): boolean {
  return value === null || value === '' || (Array.isArray(value) && value.length === 0);
}

function labelOf(section: ListSection, entry: object): EntryLabel {
  if (section === 'capabilities' && 'capability' in entry)
    return { kind: 'capability', id: String(entry.capability) };
  if (section === 'certifications' && 'certification' in entry)
    return { kind: 'certification', id: String(entry.certification) };
  if (section === 'countries' && 'country' in entry) return { kind: 'country', id: String(entry.country) };
  return { kind: 'text', text: 'title' in entry ? String(entry.title) : '' };
}
