import { MODEL, type MatchModel } from '#lib/domain/match/model.ts';
import type { Db } from '#lib/server/match/company-repository.ts';

/** The model in use. */
export async function modelInEffect(db: Db): Promise<MatchModel> {
  const row = await db
    .selectFrom('match_model_switch')
    .leftJoin('match_model', 'match_model.id', 'match_model_switch.model')
    .select(['match_model_switch.model', 'match_model.body'])
    .orderBy('match_model_switch.id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row === undefined ? MODEL : modelOf(row.model, row.body);
}

/** Stored numbers over the shipped ones: what a later release adds to a model has its shipped value. */
function modelOf(id: string, body: unknown): MatchModel {
  return typeof body === 'object' && body !== null ? { ...MODEL, ...body, id } : MODEL;
}

export async function modelById(db: Db, id: string): Promise<MatchModel | null> {
  if (id === MODEL.id) return MODEL;
  const row = await db.selectFrom('match_model').select('body').where('id', '=', id).executeTakeFirst();
  return row === undefined ? null : modelOf(id, row.body);
}
