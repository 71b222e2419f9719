import { formatNumber, formatQuantity } from '#lib/i18n/format.ts';
import type { Lang } from '#lib/i18n/lang.ts';
import { msg, type Message } from '#lib/i18n/msg.ts';
import type { ConcentrationLevel } from '#lib/domain/insight/concentration.ts';

/** What was measured: ore out of a mine, metal out of a refinery. */
const stages: Record<string, Message> = {
  mine: msg({ ko: '광산 생산', en: 'mine production' }),
  refinery: msg({ ko: '정련소 생산', en: 'refinery production' }),
  smelter: msg({ ko: '제련소 생산', en: 'smelter production' }),
  primary_metal: msg({ ko: '1차 금속 생산', en: 'primary metal production' }),
  sponge_metal: msg({ ko: '스펀지 금속 생산', en: 'sponge metal production' }),
  primary_low_purity: msg({ ko: '저순도 1차 생산', en: 'primary low-purity production' }),
  bauxite_mine: msg({ ko: '보크사이트 광산 생산', en: 'bauxite mine production' }),
};

export function productionStageName(stage: string): Message {
  return stages[stage] ?? (() => stage);
}

export const concentrationName: Record<ConcentrationLevel, Message> = {
  low: msg({ ko: '낮음', en: 'Low' }),
  moderate: msg({ ko: '보통', en: 'Moderate' }),
  high: msg({ ko: '높음', en: 'High' }),
  'very-high': msg({ ko: '매우 높음', en: 'Very high' }),
};

const bases: Record<string, Message> = {
  bauxite: msg({ ko: '보크사이트', en: 'bauxite' }),
  'gross weight chromite': msg({ ko: '크로뮴철석 총중량', en: 'gross weight of chromite' }),
  'REO equivalent': msg({ ko: '희토류 산화물(REO) 환산', en: 'rare-earth oxide equivalent' }),
  'marketable rock': msg({ ko: '판매용 인광석', en: 'marketable rock' }),
  'K2O equivalent': msg({ ko: 'K₂O 환산', en: 'K₂O equivalent' }),
  'zirconium ores and concentrates': msg({ ko: '지르코늄 광석·정광', en: 'ores and concentrates' }),
};

/** The mass unit of a statistical unit and what it is counted as: `t Sb content` → `t`, antimony content. */
function splitUnit(unit: string): { mass: string; basis: string } {
  const [mass = unit, ...rest] = unit.split(' ');
  return { mass, basis: rest.join(' ') };
}

/** `180만 톤` / `1,800,000 t`. */
export function outputAmount(lang: Lang, amount: number, unit: string): string {
  const { mass } = splitUnit(unit);
  if (lang === 'ko') return formatQuantity(lang, amount, mass);
  const tonnes = mass === 'kt' ? amount * 1000 : amount;
  return `${formatNumber(lang, tonnes)} ${mass === 'kt' ? 't' : mass}`;
}

/** What the amounts count: `안티모니(Sb) 함량`, empty when the thing itself. */
export function outputBasis(lang: Lang, unit: string): string {
  const { basis } = splitUnit(unit);
  const known = bases[basis];
  if (known) return known(lang);
  const element = /^(\w+) content$/u.exec(basis)?.[1];
  if (element === undefined) return basis;
  return lang === 'ko' ? `${element} 함량` : `${element} content`;
}

/** The unit of a table's figures as it is printed: `천 톤` / `thousand t`. */
export function outputUnit(lang: Lang, unit: string): string {
  const { mass } = splitUnit(unit);
  const words: Record<string, Message> = {
    t: msg({ ko: '톤', en: 't' }),
    kt: msg({ ko: '천 톤', en: 'thousand t' }),
    kg: msg({ ko: 'kg', en: 'kg' }),
  };
  return words[mass]?.(lang) ?? mass;
}

/** A price's unit: `USD/t` → `달러/톤`. */
export function priceUnit(lang: Lang, unit: string): string {
  if (lang === 'en') return unit.replace('USD', 'US$');
  return unit
    .replace('US cents', '센트')
    .replace('USD', '달러')
    .replace(/\/lb\b/u, '/파운드')
    .replace(/\/troy oz\b/u, '/트로이온스')
    .replace(/\/t\b/u, '/톤');
}

/** An HS code as tariffs print it: `2504.10`. */
export function hsCode(code: string): string {
  return `${code.slice(0, 4)}.${code.slice(4)}`;
}
