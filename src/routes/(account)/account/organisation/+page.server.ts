import { fail, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { isOfficeHat } from '#lib/domain/account/hat.ts';
import { checkBrn, tidyIdentifier } from '#lib/domain/company/identifiers.ts';
import { choice, optionalText, text, ticked } from '#lib/domain/form/fields.ts';
import { isUuid } from '#lib/domain/form/uuid.ts';
import { href } from '#lib/i18n/address.ts';
import { addSide, askToJoin, registerOrganisation } from '#lib/server/account/commands.ts';
import { againAt, countAttempts } from '#lib/server/account/limits.ts';
import { countryChoices, ownOpenRequests } from '#lib/server/account/queries.ts';
import { browserOf, writeToken } from '#lib/server/auth/cookie.ts';
import { wearNewHat } from '#lib/server/auth/session.ts';
import { possibleDuplicates } from '#lib/server/company/duplicate-queries.ts';
import { readForm } from '#lib/server/platform/http/forms.ts';
import { notFound, refused } from '#lib/server/platform/http/refusals.ts';
import type { Actions, PageServerLoad } from './$types';

const schema = z.object({
  kind: choice(['company', 'lead']),
  name_ko: optionalText(120),
  name_en: optionalText(120),
  brn: optionalText(20),
  country: text(2).pipe(z.string().regex(/^[A-Z]{2}$/, 'bad-choice')),
  is_another: ticked(),
});
const joinSchema = z.object({ organisation: text(40), message: optionalText(1000) });

export const load: PageServerLoad = async ({ locals, url }) => {
  if (!locals.session) notFound();
  const { account, hats, acting } = locals.session;
  const worn = hats.find((hat) => hat.key === acting) ?? null;
  const countries = await countryChoices(locals.ctx);
  return {
    kind: account.intent === 'lead' ? 'lead' : 'company',
    countries: countries.map((country) => ({
      value: country.iso2,
      label: locals.lang === 'ko' ? country.nameKo : country.nameEn,
    })),
    requests: await ownOpenRequests(locals.ctx),
    hats,
    /** The organisation whose owner may add its other side. */
    oneSided: worn && !isOfficeHat(worn) && worn.kind !== 'both' && worn.role === 'owner' ? worn : null,
    done: url.searchParams.get('done'),
  };
};

export const actions: Actions = {
  register: async (event) => {
    const { ctx, lang, session } = event.locals;
    if (!session) notFound();
    const form = readForm(await event.request.formData(), schema);
    const none = { duplicates: [], refused: null, until: null };
    if (!form.ok) return fail(400, { ...form.invalid, ...none });
    const tooMany = await countAttempts(ctx, ['organisation', session.account.id]);
    if (tooMany) {
      return fail(429, { ...none, errors: {}, until: againAt(tooMany, ctx.now()), values: form.values });
    }
    const { kind, name_ko: nameKo, name_en: nameEn, brn, country, is_another: isAnother } = form.data;
    const countries = await countryChoices(ctx);
    if (!countries.some(({ iso2 }) => iso2 === country)) {
      return fail(400, { ...none, errors: { country: 'bad-choice' }, values: form.values });
    }
    const supplier = kind === 'company';
    const outcome = await registerOrganisation(ctx, {
      supplier,
      lead: !supplier,
      nameKo,
      nameEn,
      brn,
      country,
      isAnother,
    });
    if (!outcome.ok && outcome.code === 'duplicate') {
      const number = checkBrn(tidyIdentifier(brn));
      const candidate = { nameKo, nameEn, brn: number.ok ? number.value : null };
      const duplicates = await possibleDuplicates(ctx.db, candidate);
      return fail(409, { ...none, errors: {}, refused: 'duplicate', duplicates, values: form.values });
    }
    if (!outcome.ok) {
      const errors = outcome.fields ?? {};
      return fail(400, { ...none, errors, refused: outcome.code, values: form.values });
    }
    const hat = outcome.value.organisationId;
    writeToken(ctx.db, event.cookies, await wearNewHat(ctx, session, hat, browserOf(event)));
    redirect(
      303,
      href(lang, supplier ? '/company/profile/capabilities?done=registered' : '/lead?done=registered'),
    );
  },
  join: async ({ locals, request }) => {
    const form = readForm(await request.formData(), joinSchema);
    if (!form.ok || !locals.session || !isUuid(form.data.organisation)) notFound();
    const tooMany = await countAttempts(locals.ctx, ['organisation', locals.session.account.id]);
    if (tooMany) {
      const until = againAt(tooMany, locals.ctx.now());
      return fail(429, { errors: {}, refused: null, duplicates: [], until, values: {} });
    }
    const { organisation: organisationId, message } = form.data;
    const outcome = await askToJoin(locals.ctx, { organisationId, message });
    if (!outcome.ok && (outcome.code === 'already-asked' || outcome.code === 'already-member')) {
      redirect(303, href(locals.lang, `/account/organisation?done=${outcome.code}`));
    }
    if (!outcome.ok) return refused(outcome);
    redirect(303, href(locals.lang, '/account/organisation?done=asked'));
  },
  side: async ({ locals, request }) => {
    const side = (await request.formData()).get('side');
    if (side !== 'supplier' && side !== 'lead') notFound();
    const outcome = await addSide(locals.ctx, { side });
    if (!outcome.ok) return refused(outcome);
    redirect(
      303,
      href(
        locals.lang,
        side === 'lead' ? '/lead?done=registered' : '/company/profile/capabilities?done=registered',
      ),
    );
  },
};
