import type {
  CapabilityLine,
  CertificateLine,
  CompanyView,
  CountryLine,
  FileLink,
  ReferenceLine,
} from '#lib/domain/company/view.ts';
import { roundQuantity, wideProvince } from '#lib/domain/company/kept.ts';
import type { Named } from '#lib/domain/opportunity/view.ts';
import { names, quantityOf } from '#lib/server/opportunity/present.ts';
import { sightOf, type Audience, type Sight } from '#lib/server/company/audience.ts';
import { tagsOf, type Reference } from '#lib/server/company/choices.ts';
import type { ProfileRows } from '#lib/server/company/present.ts';
import type {
  CapabilityRow,
  CertificationRow,
  FileColumns,
  ReferenceRow,
} from '#lib/server/company/repository.ts';

/** Rows of a profile as the lines of a page, for one audience. */

export function capabilityLine(row: CapabilityRow, book: Reference, sight: Sight): CapabilityLine {
  const leaf = book.capabilities.get(row.capability);
  const stage = leaf ? book.stages.get(leaf.stage) : undefined;
  return {
    id: row.id,
    capability: leaf ?? unnamed(row.capability),
    stage: stage ?? unnamed(''),
    minerals: tagsOf(book, row.minerals),
    quantity: sight.capacity ? quantityOf(row.amount, row.unit) : null,
    year: sight.capacity ? row.year : null,
    evidence: row.evidence,
    note: names(row.note_ko, row.note_en),
    file: sight.files ? fileLink(row) : null,
  };
}

export function certificateLine(row: CertificationRow, book: Reference, sight: Sight): CertificateLine {
  const known = book.certificates.get(row.certification);
  return {
    id: row.id,
    certification: {
      id: row.certification,
      name: known?.name ?? row.certification,
      issuer: known?.issuer ?? '',
    },
    number: row.number,
    scope: row.scope,
    validTo: row.valid_to,
    verified: row.verified,
    file: sight.files ? fileLink(row) : null,
  };
}

export function referenceLine(row: ReferenceRow, book: Reference, sight: Sight): ReferenceLine {
  return {
    id: row.id,
    title: row.title,
    client: row.client,
    country: row.country === null ? null : (book.countries.get(row.country) ?? unnamed(row.country)),
    minerals: tagsOf(book, row.minerals),
    capability:
      row.capability === null ? null : (book.capabilities.get(row.capability) ?? unnamed(row.capability)),
    year: row.year,
    confirmed: row.confirmed,
    file: sight.files ? fileLink(row) : null,
  };
}

function countryLine(row: ProfileRows['countries'][number], book: Reference): CountryLine {
  return { ...row, country: book.countries.get(row.country) ?? unnamed(row.country) };
}

/**
 * A profile as one audience sees it. Masked: who the company is, and everything by which it could be recognised,
 * is left out.
 */
export function presentCompany(
  rows: ProfileRows,
  book: Reference,
  options: { audience: Audience; masked: boolean; ksic: Named[]; changedAt: Date | null; today: string },
): CompanyView {
  const { identity } = rows;
  const { audience, masked, today } = options;
  const sight = sightOf(audience);
  const inside = audience === 'own' || audience === 'official';
  const version = identity.version ?? 0;
  return {
    id: identity.id,
    masked,
    name: masked ? names('', '') : names(identity.name_ko, identity.name_en),
    formerNames: masked ? [] : identity.former_names,
    size: identity.size,
    founded: masked ? null : identity.founded,
    province: masked ? wideProvince(identity.province ?? '') : (identity.province ?? ''),
    employees: masked ? null : identity.employees,
    website: masked ? '' : (identity.website ?? ''),
    summary: masked ? names('', '') : names(identity.summary_ko, identity.summary_en),
    ksic: masked ? [] : options.ksic,
    languages: identity.languages ?? [],
    canInvest: identity.can_invest ?? false,
    standing: identity.standing,
    vettedUntil: identity.vetted_until,
    ...(masked
      ? keptVetting({ standing: identity.standing, vettedUntil: identity.vetted_until }, today)
      : {}),
    version,
    // The days on which a company changed its profile would give it away.
    changedAt: masked ? null : (options.changedAt?.toISOString() ?? null),
    changedSinceVetting: inside && identity.vetted_version !== null && version > identity.vetted_version,
    numbers:
      sight.numbers && !masked
        ? {
            brn: identity.brn,
            crn: identity.crn,
            lei: identity.lei,
            representative: identity.representative ?? '',
          }
        : null,
    seesCapacity: sight.capacity,
    own: audience === 'own',
    capabilities: rows.capabilities.map((row) => keptCapability(capabilityLine(row, book, sight), masked)),
    certificates: rows.certifications.map((row) =>
      keptCertificate(certificateLine(row, book, sight), masked, today),
    ),
    references: masked ? [] : rows.references.map((row) => referenceLine(row, book, sight)),
    countries: masked ? [] : rows.countries.map((row) => countryLine(row, book)),
    regions: masked ? regionLines(rows, book) : [],
    demo: identity.demo,
  };
}

function keptCapability(line: CapabilityLine, masked: boolean): CapabilityLine {
  return masked ? { ...line, note: names('', ''), quantity: roundQuantity(line.quantity), year: null } : line;
}

function keptCertificate(line: CertificateLine, masked: boolean, today: string): CertificateLine {
  if (!masked) return line;
  const valid = line.validTo === null || line.validTo >= today;
  return { ...line, number: '', scope: '', validTo: null, valid };
}

/** Whether vetting is valid today, without its last day. */
export function keptVetting(
  { standing, vettedUntil }: Pick<CompanyView, 'standing' | 'vettedUntil'>,
  today: string,
): Pick<CompanyView, 'standing' | 'vettedUntil'> {
  const lapsed = standing === 'vetted' && (vettedUntil === null || vettedUntil < today);
  return { standing: lapsed ? 'registered' : standing, vettedUntil: null };
}

/** The parts of the world some countries lie in, sorted; one that is not known is left out. */
export function regionsOf(countries: readonly string[], book: Reference): string[] {
  return [...new Set(countries.flatMap((id) => book.regions.get(id) ?? []))].sort();
}

/** Experience by parts of the world, each kind of it once. */
function regionLines({ countries }: ProfileRows, book: Reference): CompanyView['regions'] {
  const kinds = [...new Set(countries.map(({ kind }) => kind))].sort();
  return kinds.flatMap((kind) => {
    const held = countries.filter((row) => row.kind === kind).map(({ country }) => country);
    return regionsOf(held, book).map((name) => ({ name, kind }));
  });
}

function fileLink(row: FileColumns): FileLink | null {
  return row.file_id === null || row.file_name === null ? null : { id: row.file_id, name: row.file_name };
}

function unnamed(id: string): Named {
  return { id, ko: id, en: id };
}
