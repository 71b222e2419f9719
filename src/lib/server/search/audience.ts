import { sql, type RawBuilder, type SqlBool } from 'kysely';
import { isVettedOn, type Actor } from '#lib/domain/account/actor.ts';
import type { Audience } from '#lib/server/search/port.ts';

/** The audience an actor searches as. The filter follows from it alone; nothing of a request can widen it. */
export function audienceOf(actor: Actor, day: string): Audience {
  switch (actor.kind) {
    case 'official':
    case 'system':
      return { kind: 'official' };
    case 'member':
      if (!actor.supplier) return { kind: 'lead', organisationId: actor.organisationId };
      return { kind: 'company', organisationId: actor.organisationId, vetted: isVettedOn(actor, day) };
    case 'person':
    case 'visitor':
      return { kind: 'public' };
  }
}

/** The documents an audience may find, as a condition on an index table: `mayFind` of the domain in SQL. */
export function findableBy(audience: Audience): RawBuilder<SqlBool> {
  if (audience.kind === 'public') return sql<SqlBool>`visibility = 'public'`;
  if (audience.kind === 'official') return sql<SqlBool>`visibility <> 'private'`;
  const open = audience.kind === 'company' && audience.vetted ? ['public', 'vetted'] : ['public'];
  const id = audience.organisationId;
  if (id === null) return sql<SqlBool>`visibility = any(${open})`;
  return sql<SqlBool>`(visibility = any(${open}) or owner = ${id} or (invited @> ${[id]}::text[] and visibility <> 'private'))`;
}
