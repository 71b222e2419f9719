import { z } from 'zod';
import { openApiDocument } from '#lib/domain/search/openapi.ts';
import { companyRecord } from '#lib/domain/company/record.ts';
import { opportunityRecord } from '#lib/domain/opportunity/record.ts';
import { projectRecord } from '#lib/domain/project/record.ts';
import { ALLOWED_UNITS } from '#lib/domain/capability/quantity.ts';
import { REVIEW_THRESHOLD } from '#lib/domain/vetting/screening.ts';
import { listEntry, screeningQuestion } from '#lib/domain/vetting/screening-record.ts';

/** A JSON schema as far as it is needed to describe a record. */
interface Schema {
  type?: string | string[];
  enum?: unknown[];
  const?: unknown;
  pattern?: string;
  format?: string;
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  items?: Schema;
  anyOf?: Schema[];
  properties?: Record<string, Schema>;
  required?: string[];
  default?: unknown;
}

const RULES = `# Interchange formats

Made by \`npm run cli -- docs\` from the schemas that check every file and request. Do not edit by hand.

All files are UTF-8 (a byte order mark is accepted), JSON Lines: one object a line. Companies may also come as CSV or
XLSX with the same column names; lists are joined by \`|\`, lists of records are JSON in their cell, or ids joined by
\`|\` where an id is enough. Dates are ISO 8601; a date-time carries its offset. Mineral, country, capability and
certification ids are those of \`data/*.csv\`, countries as ISO alpha-2. Text is put in NFC on the way in.

## Import

\`npm run cli -- import <companies|opportunities|projects> FILE --source NAME [--dry-run] [--skip-invalid] [--trusted]\`

- A record is known by its source and id: importing again updates it, an unchanged record writes nothing.
- One invalid line: nothing is imported, each fault is listed as \`FILE:line: field: what is wrong, what was expected\`,
  exit code 2. With \`--skip-invalid\` the rest is imported and the refused lines go to \`FILE.rejected.jsonl\`.
- Unknown fields and ids that stand twice are faults.
- \`status\` of a company is taken from a file only with \`--trusted\`; otherwise a new company is \`registered\`.
- A killed import leaves the old state or the new one. One closing line: \`imported A, updated B, unchanged C, refused D\`.
`;

const UNITS = `## Units

\`UNIT[ SUBSTANCE][/PERIOD]\`, as in \`t/yr\`, \`t LCE/yr\`, \`t LiOH·H2O/yr\`, \`t Ni/month\`, \`m3/day\`, \`MW\`, \`samples/yr\`.
Allowed: ${ALLOWED_UNITS}.
`;

const SCREENING = `## Screening in batch

\`npm run cli -- vetting screen --list LIST FILE --json\`

Who on a restricted list the persons and organisations of FILE may be, for a person to decide on; nothing is stored. One
answer a line: \`{"id":"n1","list_version":"…","candidates":[{"entry":"L1","score":0.88,"matched_name":"…",
"parts":[{"name":"name","value":0.93},{"name":"country","value":-0.05}]}]}\`, best first, only candidates of
${REVIEW_THRESHOLD} or more. \`score\` is the sum of the parts: \`name\`, \`birth_date\`, \`country\` (what agrees adds, what
disagrees takes away, what is not known does neither) and \`identifier\`. \`list_version\` is the SHA-256 of the list's
file. Only entries of the same kind are looked through. Without \`--json\` the answers are written for reading.
`;

/** The text of docs/formats.md. */
export function formatsDocument(): string {
  return [
    RULES,
    record('Company', companyRecord),
    record('Opportunity', opportunityRecord),
    'A requirement has exactly one of `capability` (with optional minerals and quantity), `certifications_any`, `country_experience`, `language`, `min_size`, `can_invest`.\n',
    record('Project', projectRecord),
    UNITS,
    SCREENING,
    record('Entry of a restricted list', listEntry),
    record('Person or organisation to look for', screeningQuestion),
    httpSection(),
  ].join('\n');
}

function record(title: string, schema: z.ZodType): string {
  const json = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Schema;
  const rows = fields(json, '').map(
    ([name, kind, needed, initial]) => `| \`${name}\` | ${kind} | ${needed} | ${initial} |`,
  );
  return [
    `## ${title}\n`,
    '| field | value | needed | when left out |',
    '|---|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}

type Field = [name: string, kind: string, needed: string, initial: string];

function fields(schema: Schema, prefix: string): Field[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, field]): Field[] => {
    const path = `${prefix}${name}`;
    const inner = nullable(field);
    const list = inner.type === 'array';
    const nested = list ? nullable(inner.items ?? {}) : inner;
    const needed = schema.required?.includes(name) === true && field.default === undefined;
    const line: Field = [
      path,
      words(field),
      needed ? 'yes' : '',
      'default' in field ? `\`${JSON.stringify(field.default)}\`` : '',
    ];
    return nested.properties ? [line, ...fields(nested, `${path}${list ? '[]' : ''}.`)] : [line];
  });
}

/** What is left of a schema once "or null" is taken off. */
function nullable(schema: Schema): Schema {
  const others = schema.anyOf?.filter(({ type }) => type !== 'null');
  return others?.length === 1 && others[0] ? others[0] : schema;
}

function words(schema: Schema): string {
  const inner = nullable(schema);
  const orNull = inner === schema ? '' : ' or null';
  return `${wordsOf(inner)}${orNull}`;
}

function wordsOf(schema: Schema): string {
  if (schema.enum) return schema.enum.map((value) => `\`${String(value)}\``).join(' ');
  if (schema.const !== undefined) return `\`${String(schema.const)}\``;
  if (schema.anyOf) return schema.anyOf.map(wordsOf).join(' or ');
  if (schema.type === 'array') return `list of ${schema.items ? wordsOf(nullable(schema.items)) : 'values'}`;
  if (schema.type === 'object') return 'object';
  if (schema.format === 'date') return 'date `YYYY-MM-DD`';
  if (schema.format === 'date-time') return 'date-time with offset';
  if (schema.type === 'integer' || schema.type === 'number')
    return `${schema.type === 'integer' ? 'whole number' : 'number'}${range(schema)}`;
  if (schema.type === 'boolean') return 'true or false';
  return 'text';
}

function range({ minimum, maximum, exclusiveMinimum }: Schema): string {
  const isReal = (value: number | undefined) =>
    value !== undefined && Math.abs(value) < Number.MAX_SAFE_INTEGER;
  if (isReal(exclusiveMinimum)) return ` above ${exclusiveMinimum}`;
  if (isReal(minimum) && isReal(maximum)) return ` ${minimum}–${maximum}`;
  return isReal(minimum) ? ` from ${minimum}` : '';
}

function httpSection(): string {
  const document = openApiDocument() as {
    paths: Record<string, { get: { summary: string; parameters: { name: string; in: string }[] } }>;
  };
  const rows = Object.entries(document.paths).map(([path, { get }]) => {
    const query = get.parameters
      .filter((parameter) => parameter.in === 'query')
      .map(({ name }) => `\`${name}\``);
    return `| \`GET /api/v1${path}\` | ${query.join(' ')} | ${get.summary} |`;
  });
  return [
    '## HTTP, reading\n',
    'Keys: `Authorization: Bearer …`, made by `npm run cli -- user key --email … --scope read`. Without one only what anyone may see is answered. Errors are RFC 9457 problem documents with a stable `code`. The whole description: `GET /api/v1/openapi.json`.\n',
    '| request | parameters | answer |',
    '|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}
