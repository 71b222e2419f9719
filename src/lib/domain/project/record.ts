import { z } from 'zod';
import { recordId, recordName, recordText, type Reference } from '#lib/domain/capability/reference.ts';
import { MSP_STATUSES, PROJECT_PHASES } from '#lib/domain/project/project.ts';

/** A list, or its parts joined by `|` (or `;`, as the participants of projects.csv are). */
const list = (separator: RegExp) =>
  z
    .union([z.array(z.string()), z.string().transform((text) => text.split(separator))])
    .transform((parts) => parts.map((part) => part.trim()).filter((part) => part !== ''))
    .pipe(z.array(recordText))
    .default([]);

const degrees = (limit: number) => z.number().min(-limit).max(limit).nullable().default(null);

/** One line of a project file: the columns of projects.csv, with Korean texts beside. */
export const projectRecord = z.strictObject({
  id: recordId,
  name: recordName,
  name_ko: recordText.nullable().default(null),
  /** ISO alpha-2, or alpha-3 as in projects.csv */
  country: z.string().optional(),
  country_iso3: z.string().optional(),
  lat: degrees(90),
  lon: degrees(180),
  minerals: list(/\|/u),
  stage: z.enum(PROJECT_PHASES),
  operator: recordText.default(''),
  msp_supported: z.enum(MSP_STATUSES).default('no'),
  korean_participants: list(/[|;]/u),
  summary: recordText.default(''),
  summary_ko: recordText.nullable().default(null),
  source_url_or_publication: recordName,
  confidence: z.enum(['verified', 'recalled']).default('recalled'),
  coordinate_confidence: recordText.default(''),
});

/** The schema with minerals and country checked; the country is put as ISO alpha-2. */
export function projectRecordFor(known: Reference, alpha2: ReadonlyMap<string, string>) {
  return projectRecord.transform((record, context) => {
    record.minerals.forEach((id, index) => {
      if (known.minerals.has(id)) return;
      const message = `${JSON.stringify(id)} is not known, expected an id of minerals.csv`;
      context.addIssue({ code: 'custom', path: ['minerals', index], message });
    });
    const given = record.country ?? record.country_iso3;
    const country = given === undefined ? undefined : known.countries.has(given) ? given : alpha2.get(given);
    if (country === undefined) {
      const message =
        given === undefined
          ? 'is missing, expected ISO alpha-2'
          : `${JSON.stringify(given)} is not known, expected ISO alpha-2`;
      context.addIssue({ code: 'custom', path: ['country'], message });
      return z.NEVER;
    }
    return { ...record, country };
  });
}
