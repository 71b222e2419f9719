/** Which capabilities and minerals stand in for which others, how far, and why. Read from data/*.csv. */

export interface CapabilityLeaf {
  id: string;
  stage: string;
}
export interface CapabilityRelation {
  /** The capability asked for. */
  from: string;
  /** The capability held. */
  to: string;
  /** 0–1: how far `to` answers a need for `from`. */
  degree: number;
  symmetric: boolean;
  reasonKo: string;
  reasonEn: string;
}
export interface MineralRelation {
  id: string;
  /** whole: the first is the group, the others its members, related to it but not to each other. */
  kind: 'group' | 'family' | 'whole';
  minerals: readonly string[];
  degree: number;
  reasonKo: string;
  reasonEn: string;
}

export interface Reason {
  ko: string;
  en: string;
}
export type CapabilityKinship =
  | { kind: 'same'; degree: 1 }
  | { kind: 'related'; degree: number; reason: Reason }
  | { kind: 'stage'; degree: 0 }
  | { kind: 'none'; degree: 0 };
export type MineralKinship =
  | { kind: 'same'; degree: 1 }
  | { kind: 'group' | 'family' | 'whole'; degree: number; reason: Reason }
  | { kind: 'none'; degree: 0 };

const SAME = { kind: 'same', degree: 1 } as const;
const STAGE = { kind: 'stage', degree: 0 } as const;
const NONE = { kind: 'none', degree: 0 } as const;

/** What relations are made of. */
export interface RelationSource {
  leaves: readonly CapabilityLeaf[];
  capabilities: readonly CapabilityRelation[];
  minerals: readonly MineralRelation[];
}

export class Relations {
  /** What they were made of: another thread makes the same of it. */
  readonly source: RelationSource;
  /** asked → held → kinship, related ones only */
  private readonly capabilities = new Map<string, Map<string, CapabilityKinship>>();
  private readonly stages = new Map<string, string>();
  private readonly minerals = new Map<string, Map<string, MineralKinship>>();

  constructor(
    leaves: readonly CapabilityLeaf[],
    capabilityRelations: readonly CapabilityRelation[],
    mineralRelations: readonly MineralRelation[],
  ) {
    this.source = { leaves, capabilities: capabilityRelations, minerals: mineralRelations };
    for (const leaf of leaves) this.stages.set(leaf.id, leaf.stage);
    for (const relation of capabilityRelations) {
      this.relate(relation.from, relation.to, relation);
      if (relation.symmetric) this.relate(relation.to, relation.from, relation);
    }
    for (const relation of mineralRelations) this.relateMinerals(relation);
  }

  /** Every leaf of the taxonomy, in its order. */
  leaves(): string[] {
    return [...this.stages.keys()];
  }

  /** The stage of a leaf; undefined for an id that is not of the taxonomy. */
  stageOf(leaf: string): string | undefined {
    return this.stages.get(leaf);
  }

  /** How a capability held stands to the one asked for. */
  capability(asked: string, held: string): CapabilityKinship {
    if (asked === held) return SAME;
    const related = this.capabilities.get(asked)?.get(held);
    if (related !== undefined) return related;
    const stage = this.stages.get(asked);
    return stage !== undefined && stage === this.stages.get(held) ? STAGE : NONE;
  }

  /** Capabilities that stand in for the one asked, nearest first. */
  relatedTo(asked: string): { held: string; degree: number }[] {
    const related = [...(this.capabilities.get(asked) ?? [])];
    return related
      .map(([held, { degree }]) => ({ held, degree }))
      .sort((a, b) => b.degree - a.degree || (a.held < b.held ? -1 : 1));
  }

  /** How a mineral stands to the one asked for. */
  mineral(asked: string, held: string): MineralKinship {
    if (asked === held) return SAME;
    return this.minerals.get(asked)?.get(held) ?? NONE;
  }

  private relate(from: string, to: string, relation: CapabilityRelation): void {
    const degree = Math.min(1, Math.max(0, relation.degree));
    const known = this.capabilities.get(from) ?? new Map<string, CapabilityKinship>();
    this.capabilities.set(from, known);
    if ((known.get(to)?.degree ?? 0) >= degree || from === to) return;
    known.set(to, { kind: 'related', degree, reason: { ko: relation.reasonKo, en: relation.reasonEn } });
  }

  private relateMinerals(relation: MineralRelation): void {
    const [whole] = relation.minerals;
    for (const a of relation.minerals)
      for (const b of relation.minerals) {
        if (a === b || (relation.kind === 'whole' && a !== whole && b !== whole)) continue;
        const known = this.minerals.get(a) ?? new Map<string, MineralKinship>();
        this.minerals.set(a, known);
        if ((known.get(b)?.degree ?? 0) >= relation.degree) continue;
        const reason = { ko: relation.reasonKo, en: relation.reasonEn };
        known.set(b, { kind: relation.kind, degree: relation.degree, reason });
      }
  }
}
