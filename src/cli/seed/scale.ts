import type { CompanyRecordInput } from '#lib/domain/company/record.ts';
import type { OpportunityRecordInput } from '#lib/domain/opportunity/record.ts';
import { firmName, PROVINCES } from './names.ts';
import { Random } from './random.ts';

/** What the generated records may name: ids and both names, as the reference data has them. */
export interface ScaleReference {
  /** Leaves of the taxonomy with their stage. */
  capabilities: readonly { id: string; stage: string; nameKo: string; nameEn: string }[];
  minerals: readonly { id: string; nameKo: string; nameEn: string }[];
  countries: readonly string[];
  certifications: readonly string[];
  projects: readonly {
    id: string;
    country: string;
    minerals: readonly string[];
    nameKo: string;
    nameEn: string;
  }[];
}

const COMPANY_SEED = 20_261_124;
const OPPORTUNITY_SEED = 20_270_101;
const SIZES = ['sme', 'sme', 'sme', 'midsize', 'midsize', 'large', 'research', 'public'] as const;
const TYPES = [
  'equipment',
  'services',
  'offtake',
  'technology',
  'epc',
  'recycling-feed',
  'equity',
  'research',
  'oda',
] as const;
const LANGUAGES = ['en', 'ko', 'zh', 'ja', 'es', 'fr', 'ru', 'pt'] as const;

/** Which amounts are usual in a stage of the chain; stages without one have no capacity. */
const CAPACITIES: Readonly<Record<string, readonly [least: number, most: number, unit: string]>> = {
  mining: [10_000, 5_000_000, 't/yr'],
  beneficiation: [5_000, 1_000_000, 't/yr'],
  'chemical-conversion': [500, 60_000, 't/yr'],
  'smelting-refining': [500, 300_000, 't/yr'],
  'cathode-anode-alloy-magnet': [100, 90_000, 't/yr'],
  recycling: [200, 60_000, 't/yr'],
  'digital-equipment': [2, 400, 'units/yr'],
  logistics: [10_000, 900_000, 't/yr'],
};

/** `count` companies, the same on every machine. A firm knows a few neighbouring things, not anything at random. */
export function* scaleCompanies(count: number, reference: ScaleReference): Generator<CompanyRecordInput> {
  const random = new Random(COMPANY_SEED);
  const stages = [...new Set(reference.capabilities.map(({ stage }) => stage))];
  for (let index = 0; index < count; index += 1) {
    const name = firmName(random, index);
    const home = random.zipf(stages);
    const leaves = reference.capabilities.filter(({ stage }) => stage === home);
    const minerals = random.several(reference.minerals, random.int(1, 3));
    const chosen = random.several(leaves, random.int(1, 4));
    if (random.chance(0.35)) chosen.push(random.zipf(reference.capabilities));
    const known = [...new Map(chosen.map((leaf) => [leaf.id, leaf])).values()];
    const capabilities = known.map((leaf, row) => ({
      id: `k${row + 1}`,
      capability: leaf.id,
      minerals: random.chance(0.8) ? minerals.map(({ id }) => id) : [],
      capacity: capacityOf(random, leaf.stage),
      evidence: random.zipf(['claimed', 'document', 'reference', 'audited'] as const),
    }));
    const countries = random.several(reference.countries, random.int(0, 4));
    yield {
      id: `s-${String(index + 1).padStart(6, '0')}`,
      name_ko: name.ko,
      name_en: name.en,
      size: random.pick(SIZES),
      founded: random.int(1965, 2024),
      province: random.zipf(PROVINCES),
      employees: random.amount(5, 4000),
      summary_ko: summaryKo(known, minerals),
      summary_en: summaryEn(known, minerals),
      languages: [...new Set(['ko', ...random.several(LANGUAGES, random.int(0, 2))])],
      capabilities,
      certifications: random.several(reference.certifications, random.int(0, 4)).map((id) => ({
        id,
        valid_to: `${random.int(2026, 2030)}-${String(random.int(1, 12)).padStart(2, '0')}-28`,
        verified: random.chance(0.6),
      })),
      references: referencesOf(random, reference, known, minerals),
      country_experience: countries.map((country) => ({
        country,
        kind: random.zipf(['export', 'project', 'office', 'jv'] as const),
        since: random.int(2005, 2025),
      })),
      finance: {
        own_equity_usd: random.chance(0.2) ? random.amount(100_000, 50_000_000) : null,
        can_invest: random.chance(0.15),
      },
      status: random.chance(0.55) ? 'vetted' : random.chance(0.02) ? 'suspended' : 'registered',
      published: random.chance(0.97),
    };
  }
}

function capacityOf(random: Random, stage: string) {
  const usual = CAPACITIES[stage];
  if (!usual || random.chance(0.3)) return null;
  const [least, most, unit] = usual;
  return { amount: random.amount(least, most), unit, year: random.int(2022, 2026) };
}

function referencesOf(
  random: Random,
  reference: ScaleReference,
  known: readonly { id: string; nameEn: string }[],
  minerals: readonly { id: string; nameEn: string }[],
) {
  return Array.from({ length: random.int(0, 3) }, (_, row) => {
    const leaf = random.pick(known);
    const mineral = random.pick(minerals);
    return {
      id: `r${row + 1}`,
      title: `${leaf.nameEn}, ${mineral.nameEn}`,
      country: random.zipf(reference.countries),
      minerals: [mineral.id],
      capability: leaf.id,
      year: random.int(2012, 2026),
      confirmed: random.chance(0.4),
    };
  });
}

type Named = readonly { nameKo: string; nameEn: string }[];

function summaryKo(known: Named, minerals: Named): string {
  const [first] = known;
  return `${minerals.map(({ nameKo }) => nameKo).join('·')} 분야에서 ${known.map(({ nameKo }) => nameKo).join(', ')} 일을 합니다. 주력은 ${first?.nameKo ?? ''}입니다.`;
}

function summaryEn(known: Named, minerals: Named): string {
  return `Works on ${known.map(({ nameEn }) => nameEn.toLowerCase()).join(', ')} for ${minerals.map(({ nameEn }) => nameEn.toLowerCase()).join(' and ')}.`;
}

/** `count` opportunities, most of them on projects that exist, asking for what the project's stage needs. */
export function* scaleOpportunities(
  count: number,
  reference: ScaleReference,
): Generator<OpportunityRecordInput> {
  const random = new Random(OPPORTUNITY_SEED);
  const names = new Map(reference.minerals.map((mineral) => [mineral.id, mineral]));
  for (let index = 0; index < count; index += 1) {
    const project = random.pick(reference.projects);
    const mineral = names.get(random.pick(project.minerals)) ?? random.zipf(reference.minerals);
    const leaf = random.zipf(reference.capabilities);
    const more = random.chance(0.5) ? random.zipf(reference.capabilities) : null;
    const capacity = capacityOf(random, leaf.stage);
    yield {
      id: `so-${String(index + 1).padStart(6, '0')}`,
      project: project.id,
      publisher: `${project.nameEn} procurement`,
      country: project.country,
      type: random.pick(TYPES),
      title_ko: `${project.nameKo} ${mineral.nameKo} ${leaf.nameKo}`,
      title_en: `${leaf.nameEn} for ${mineral.nameEn.toLowerCase()}, ${project.nameEn}`,
      summary_ko: `${project.nameKo} 사업에서 ${leaf.nameKo} 분야 한국 기업을 찾습니다.`,
      summary_en: `${project.nameEn} looks for Korean companies in ${leaf.nameEn.toLowerCase()}.`,
      minerals: [mineral.id],
      requirements: [
        {
          id: 'q1',
          must: true,
          capability: leaf.id,
          minerals: [mineral.id],
          quantity: capacity && { amount: capacity.amount, unit: capacity.unit },
        },
        ...(more ? [{ id: 'q2', must: random.chance(0.4), capability: more.id }] : []),
        ...(random.chance(0.5)
          ? [
              {
                id: 'q3',
                must: random.chance(0.5),
                certifications_any: random.several(reference.certifications, 2),
              },
            ]
          : []),
        ...(random.chance(0.5) ? [{ id: 'q4', must: false, country_experience: [project.country] }] : []),
        ...(random.chance(0.4) ? [{ id: 'q5', must: false, language: 'en' }] : []),
      ],
      finance: random.chance(0.2) ? ['edcf'] : [],
      opens: '2026-11-01',
      deadline: `2027-${String(random.int(1, 12)).padStart(2, '0')}-${String(random.int(1, 28)).padStart(2, '0')}T18:00:00+09:00`,
      visibility: random.zipf(['public', 'vetted'] as const),
      status: 'open',
    };
  }
}
