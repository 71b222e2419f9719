import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { companyRecord, type CompanyRecord } from '#lib/domain/company/record.ts';
import { opportunityRecord, type OpportunityRecord } from '#lib/domain/opportunity/record.ts';

/**
 * The development set: companies, needs and grades of this project's own, in lines that a person can read
 * and correct.
 *
 * companies: `id | size status | name_en / name_ko | capabilities; … | certificates; … | references; … |
 *   countries; … | languages | summary`
 *   status: r(egistered) v(etted) s(uspended), i: can invest
 *   capability: `leaf[mineral+mineral] amount unit @year evidence`, evidence c(laimed) d(ocument) r(eference) a(udited)
 *   certificate: `id<yyyy-mm`, ` v` when verified; reference: `country leaf[minerals] year`, ` y` when confirmed
 *   country: `TZ:project`
 * opportunities: `id | country type visibility deadline | minerals | lines; … | title_en / title_ko | summary`
 *   line: `!q1 leaf[minerals] amount unit`, `cert a,b`, `exp TZ,KE`, `lang en`, `size midsize`, `invest`; `!` is must
 */
export interface Development {
  companies: CompanyRecord[];
  opportunities: OpportunityRecord[];
  /** opportunity → company → grade */
  grades: Map<string, Map<string, number>>;
}

const FOLDER = join(import.meta.dirname, 'development');
const SIZE_STATUS = { r: 'registered', v: 'vetted', s: 'suspended' } as const;
const EVIDENCE = { c: 'claimed', d: 'document', r: 'reference', a: 'audited' } as const;

export function readDevelopment(): Development {
  return {
    companies: lines('companies.txt').map(readCompany),
    opportunities: lines('opportunities.txt').map(readOpportunity),
    grades: new Map(
      lines('grades.txt').map((line) => {
        const [id = '', pairs = ''] = line.split(': ');
        return [id, new Map(pairs.split(' ').map((pair) => [pair.slice(0, 4), Number(pair.slice(5))]))];
      }),
    ),
  };
}

function lines(name: string): string[] {
  return readFileSync(join(FOLDER, name), 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.startsWith('#'));
}

const parts = (text: string, by: string): string[] =>
  text === '-'
    ? []
    : text
        .split(by)
        .map((part) => part.trim())
        .filter((part) => part !== '');

function bothNames(text: string): [string, string] {
  const [en = '', ko = ''] = text.split(' / ');
  return [en, ko];
}

function leafOf(text: string): { capability: string; minerals: string[] } {
  const [, capability = '', minerals = ''] = /^([a-z0-9-]+)(?:\[(.+)\])?$/u.exec(text) ?? [];
  return { capability, minerals: parts(minerals, '+') };
}

function readCompany(line: string): CompanyRecord {
  const [
    id,
    head = '',
    name = '',
    capabilities = '',
    certificates = '',
    references = '',
    countries = '',
    languages = '',
    summary = '',
  ] = line.split(' | ');
  const [size, flags = 'r'] = head.split(' ');
  const [name_en, name_ko] = bothNames(name);
  const korean = /[가-힣]/u.test(summary);
  return companyRecord.parse({
    id,
    size,
    name_en,
    name_ko,
    status: SIZE_STATUS[flags.charAt(0) as keyof typeof SIZE_STATUS],
    finance: { can_invest: flags.includes('i') },
    capabilities: parts(capabilities, ';').map(readCapability),
    certifications: parts(certificates, ';').map((text) => {
      const [certificate = '', until = ''] = text.replace(/ v$/u, '').split('<');
      return { id: certificate, valid_to: `${until}-28`, verified: text.endsWith(' v') };
    }),
    references: parts(references, ';').map((text, index) => {
      const [country, leaf = '', year] = text.split(' ');
      return {
        id: `r${index + 1}`,
        title: text,
        country,
        ...leafOf(leaf),
        year: Number(year),
        confirmed: text.endsWith(' y'),
      };
    }),
    country_experience: parts(countries, ';').map((text) => {
      const [country, kind] = text.split(':');
      return { country, kind };
    }),
    languages: parts(languages, ','),
    ...(korean ? { summary_ko: summary } : { summary_en: summary }),
  });
}

function readCapability(text: string, index: number) {
  const found = /^(\S+?(?:\[.+?\])?)(?: ([\d.]+) (.+?))?(?: @(\d{4}))? ([cdra])$/u.exec(text);
  if (found === null) throw new Error(`capability: ${text}`);
  const [, leaf = '', amount, unit, year, evidence = 'c'] = found;
  return {
    id: `k${index + 1}`,
    ...leafOf(leaf),
    capacity:
      amount === undefined
        ? null
        : { amount: Number(amount), unit, year: year === undefined ? null : Number(year) },
    evidence: EVIDENCE[evidence as keyof typeof EVIDENCE],
  };
}

function readOpportunity(line: string): OpportunityRecord {
  const [id, head = '', minerals = '', needs = '', title = '', summary = ''] = line.split(' | ');
  const [country, type, visibility, day = ''] = head.split(' ');
  const [title_en, title_ko] = bothNames(title);
  const korean = /[가-힣]/u.test(summary);
  return opportunityRecord.parse({
    id,
    country,
    type,
    visibility,
    deadline: `${day}T18:00:00+09:00`,
    minerals: parts(minerals, ','),
    requirements: parts(needs, ';').map(readLine),
    title_en,
    title_ko,
    ...(korean ? { summary_ko: summary } : { summary_en: summary }),
  });
}

function readLine(text: string) {
  const [, must, id, what = ''] = /^(!?)(q\d) (.+)$/u.exec(text) ?? [];
  return { id, must: must === '!', ...readNeed(what) };
}

function readNeed(what: string) {
  const [kind = '', value = '', ...rest] = what.split(' ');
  switch (kind) {
    case 'cert':
      return { certifications_any: parts(value, ',') };
    case 'exp':
      return { country_experience: parts(value, ',') };
    case 'lang':
      return { language: value };
    case 'size':
      return { min_size: value };
    case 'invest':
      return { can_invest: true };
    default:
      return {
        ...leafOf(kind),
        quantity: value === '' ? null : { amount: Number(value), unit: rest.join(' ') },
      };
  }
}
