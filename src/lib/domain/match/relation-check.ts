import type { CapabilityRelation, MineralRelation } from './relations.ts';

/** What is wrong with a relation before it is laid over the others. Field → issue code. */

/** `others` are the relations in effect without the one that is changed. */
export function checkCapabilityRelation(
  leaves: ReadonlySet<string>,
  others: readonly CapabilityRelation[],
  { from, to, degree, symmetric }: CapabilityRelation,
): Record<string, string> {
  const errors: Record<string, string> = {};
  if (!leaves.has(from)) errors.from = 'bad-choice';
  if (!leaves.has(to)) errors.to = 'bad-choice';
  else if (from === to) errors.to = 'relation-self';
  else if (others.some((one) => one.from === from && one.to === to)) errors.to = 'relation-duplicate';
  else if (others.some((one) => one.from === to && one.to === from && (one.symmetric || symmetric)))
    errors.to = 'relation-reverse';
  if (!inRange(degree)) errors.degree = 'relation-degree';
  return errors;
}

export function checkMineralRelation(
  minerals: ReadonlySet<string>,
  others: readonly MineralRelation[],
  { id, minerals: members, degree }: MineralRelation,
): Record<string, string> {
  const errors: Record<string, string> = {};
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(id)) errors.id = 'bad-id';
  else if (others.some((one) => one.id === id)) errors.id = 'taken';
  if (members.length < 2) errors.minerals = 'too-few:2';
  else if (members.some((one) => !minerals.has(one))) errors.minerals = 'bad-choice';
  if (!inRange(degree)) errors.degree = 'relation-degree';
  return errors;
}

/** More than nothing, and never more than the capability itself. */
const inRange = (degree: number): boolean => degree > 0 && degree <= 1;
