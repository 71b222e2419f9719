import { roundQuantity } from '#lib/domain/company/kept.ts';
import { neutralFileName } from '#lib/domain/document/file.ts';
import type { EvidenceRef } from '#lib/domain/engagement/interest.ts';
import type { EvidenceItem } from '#lib/domain/engagement/view.ts';
import { quantityOf } from '#lib/server/opportunity/present.ts';
import type { Context } from '#lib/server/platform/context.ts';

/**
 * All that a company could show, for the form; or of some references, what is still there, in their order.
 * @param masked the reader may not know whose it is: names of files, what names a client, years and days are left out,
 *   and capacities are round
 */
export async function evidenceOf(
  ctx: Context,
  organisationId: string,
  chosen: readonly EvidenceRef[] | null = null,
  masked = false,
): Promise<EvidenceItem[]> {
  const [capabilities, certifications, references, files] = await Promise.all([
    ctx.db
      .selectFrom('company_capability')
      .innerJoin('capability', 'capability.id', 'company_capability.capability')
      .select([
        'company_capability.id',
        'capability.name_ko as ko',
        'capability.name_en as en',
        'amount',
        'unit',
        'year',
        'evidence',
        'file_id',
      ])
      .where('organisation_id', '=', organisationId)
      .orderBy('capability.position')
      .execute(),
    ctx.db
      .selectFrom('company_certification')
      .innerJoin('certification', 'certification.id', 'company_certification.certification')
      .select(['company_certification.id', 'certification.name', 'valid_to', 'verified', 'file_id'])
      .where('organisation_id', '=', organisationId)
      .orderBy('certification.name')
      .execute(),
    ctx.db
      .selectFrom('company_reference')
      .select(['id', 'title', 'client', 'year', 'confirmed', 'file_id'])
      .where('organisation_id', '=', organisationId)
      .orderBy('year', (order) => order.desc().nullsLast())
      .execute(),
    ctx.db
      .selectFrom('file')
      .select(['id', 'name', 'media_type', 'size'])
      .where('organisation_id', '=', organisationId)
      .orderBy('created_at', 'desc')
      .orderBy('id', 'desc')
      .execute(),
  ]);
  const all: EvidenceItem[] = [
    ...capabilities.map((row): EvidenceItem => ({
      kind: 'capability',
      id: row.id,
      name: { ko: row.ko, en: row.en },
      quantity: masked ? roundQuantity(quantityOf(row.amount, row.unit)) : quantityOf(row.amount, row.unit),
      year: masked ? null : row.year,
      level: row.evidence,
      file: row.file_id,
    })),
    ...certifications.map((row): EvidenceItem => ({
      kind: 'certification',
      id: row.id,
      name: row.name,
      validTo: masked ? null : row.valid_to,
      verified: row.verified,
      file: row.file_id,
    })),
    ...references.map((row): EvidenceItem => ({
      kind: 'reference',
      id: row.id,
      title: masked ? '' : row.title,
      client: masked ? '' : row.client,
      year: masked ? null : row.year,
      confirmed: row.confirmed,
      file: row.file_id,
    })),
    ...files.map((row): EvidenceItem => ({
      kind: 'file',
      id: row.id,
      name: masked ? neutralFileName(row.id, row.media_type) : row.name,
      size: row.size,
    })),
  ];
  if (chosen === null) return all;
  const byKey = new Map(all.map((item) => [`${item.kind}:${item.id}`, item]));
  return chosen.flatMap(({ kind, id }) => byKey.get(`${kind}:${id}`) ?? []);
}
