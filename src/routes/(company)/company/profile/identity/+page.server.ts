import { fail, redirect } from '@sveltejs/kit';
import {
  checkCrn,
  checkBrn,
  formatBrn,
  formatCrn,
  type IdentifierCheck,
} from '#lib/domain/company/identifiers.ts';
import { identityForm } from '#lib/domain/company/profile.ts';
import { href } from '#lib/i18n/address.ts';
import { saveIdentity } from '#lib/server/company/commands.ts';
import { findKsic, ksicNames } from '#lib/server/company/choices.ts';
import { possibleDuplicates } from '#lib/server/company/duplicate-queries.ts';
import { nextAct } from '#lib/server/company/entry-forms.ts';
import { fieldNumber, yearOf } from '#lib/server/company/profile-pages.ts';
import { ownProfile } from '#lib/server/company/queries.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { readForm } from '#lib/server/platform/http/forms.ts';
import { notFound, refused } from '#lib/server/platform/http/refusals.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx } }) => {
  const profile = (await ownProfile(ctx)) ?? notFound();
  const { identity } = profile.snapshot;
  const duplicates = await possibleDuplicates(ctx.db, identity, profile.rows.identity.id);
  const checks: IdentifierCheck[] = [
    ...(identity.brn ? [checkBrn(identity.brn)] : []),
    ...(identity.crn ? [checkCrn(identity.crn, identity.incorporatedOn)] : []),
  ];
  return {
    seen: profile.savedSteps.identity ?? '',
    saved: {
      name_ko: identity.nameKo,
      name_en: identity.nameEn,
      former_names: identity.formerNames.join('\n'),
      brn: identity.brn === null ? '' : formatBrn(identity.brn),
      crn: identity.crn === null ? '' : formatCrn(identity.crn),
      lei: identity.lei ?? '',
      incorporated_on: identity.incorporatedOn ?? '',
      founded: fieldNumber(identity.founded),
      size: identity.size ?? '',
      province: identity.province,
      employees: fieldNumber(identity.employees),
      representative: identity.representative,
      website: identity.website,
      ksic: identity.ksic,
      summary_ko: identity.summaryKo,
      summary_en: identity.summaryEn,
    },
    ksic: await ksicNames(ctx, identity.ksic),
    hints: checks.flatMap((check) => (check.ok ? check.hints : [])),
    warnings: checks.flatMap((check) => (check.ok ? check.warnings : [])),
    sameName: duplicates.map(({ id, nameKo, nameEn }) => ({ id, name: { ko: nameKo, en: nameEn } })),
  };
};

export const actions: Actions = {
  save: async ({ locals: { ctx, lang }, request }) => {
    const formData = await request.formData();
    if (formData.get('act') === 'enter' && queryOf(formData) !== '') return await find(ctx, formData);
    const form = readForm(formData, identityForm(yearOf(ctx)));
    const ksic = await ksicNames(ctx, formData.getAll('ksic').map(String));
    if (!form.ok) return fail(400, { ...form.invalid, refused: 'invalid', ksic });
    const outcome = await saveIdentity(ctx, form.data);
    if (!outcome.ok) {
      const failure = refused(outcome, form.values);
      return fail(failure.status, { ...failure.data, ksic });
    }
    const exit = nextAct(formData) === 'exit';
    redirect(
      303,
      href(lang, exit ? '/company?done=identity' : '/company/profile/capabilities?done=identity'),
    );
  },
  find: async ({ locals: { ctx }, request }) => await find(ctx, await request.formData()),
};

/** Looks for industry codes; nothing is saved, everything typed stays. */
async function find(ctx: Context, formData: FormData) {
  const form = readForm(formData, identityForm(yearOf(ctx)));
  return {
    values: form.ok ? form.values : form.invalid.values,
    ksic: await ksicNames(ctx, formData.getAll('ksic').map(String)),
    query: queryOf(formData),
    found: await findKsic(ctx, queryOf(formData)),
  };
}

function queryOf(formData: FormData): string {
  const query = formData.get('ksic_search');
  return typeof query === 'string' ? query.trim().slice(0, 100) : '';
}
