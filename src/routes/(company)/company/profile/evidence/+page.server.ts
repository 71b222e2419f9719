import { fail, redirect } from '@sveltejs/kit';
import { certificationForm, referenceForm } from '#lib/domain/company/profile.ts';
import { href } from '#lib/i18n/address.ts';
import { sightOf } from '#lib/server/company/audience.ts';
import { reference } from '#lib/server/company/choices.ts';
import { putCertificationEntry, putReferenceEntry, removeEntry } from '#lib/server/company/entry-commands.ts';
import { postEntry } from '#lib/server/company/entry-forms.ts';
import { certificateLine, referenceLine } from '#lib/server/company/lines.ts';
import {
  certificateValues,
  changedEntry,
  chosenRow,
  newEntry,
  referenceValues,
  yearOf,
} from '#lib/server/company/profile-pages.ts';
import { ownProfile } from '#lib/server/company/queries.ts';
import { chosenFile, removeFile, storeFile } from '#lib/server/document/commands.ts';
import { filesLeft, ownFiles } from '#lib/server/document/queries.ts';
import { koreanDay } from '#lib/server/platform/clock.ts';
import { notFound, refused } from '#lib/server/platform/http/refusals.ts';
import type { Actions, PageServerLoad } from './$types';

const PAGE = '/company/profile/evidence';

export const load: PageServerLoad = async ({ locals: { ctx }, url }) => {
  const [profile, book, files, left] = await Promise.all([
    ownProfile(ctx),
    reference(ctx),
    ownFiles(ctx),
    filesLeft(ctx),
  ]);
  if (profile === null) notFound();
  const { certifications, references } = profile.rows;
  const wanted = url.searchParams.get('change');
  const certificate = chosenRow(certifications, wanted);
  const project = chosenRow(references, wanted);
  const sight = sightOf('own');
  return {
    certificate:
      certificate === null ? newEntry() : changedEntry(certificate, certificateValues(certificate)),
    reference: project === null ? newEntry() : changedEntry(project, referenceValues(project)),
    seenBy: Object.fromEntries(
      [...certifications, ...references].map((one) => [one.id, one.updated_at.toISOString()]),
    ),
    certificates: certifications.map((row) => certificateLine(row, book, sight)),
    references: references.map((row) => referenceLine(row, book, sight)),
    choices: {
      certificates: [...book.certificates.values()],
      minerals: [...book.minerals.values()],
      countries: [...book.countries.values()],
      stages: [...book.stages.values()].map((stage) => ({
        ...stage,
        leaves: [...book.capabilities.values()].filter((leaf) => leaf.stage === stage.id),
      })),
    },
    files,
    filesLeft: left,
    savedAt: profile.savedSteps.evidence ?? null,
    today: koreanDay(ctx.now()),
  };
};

export const actions: Actions = {
  certificate: async ({ locals: { ctx, lang }, request }) => {
    const posted = await postEntry(ctx, await request.formData(), certificationForm, (input) =>
      putCertificationEntry(ctx, input),
    );
    if (posted.outcome.ok) redirect(303, href(lang, `${PAGE}?done=certification#certificates`));
    const failure = refused(posted.outcome, posted.values);
    return fail(failure.status, { ...failure.data, about: 'certificate' as const });
  },
  reference: async ({ locals: { ctx, lang }, request }) => {
    const posted = await postEntry(ctx, await request.formData(), referenceForm(yearOf(ctx)), (input) =>
      putReferenceEntry(ctx, input),
    );
    if (posted.outcome.ok) redirect(303, href(lang, `${PAGE}?done=reference#references`));
    const failure = refused(posted.outcome, posted.values);
    return fail(failure.status, { ...failure.data, about: 'reference' as const });
  },
  remove: async ({ locals: { ctx, lang }, request }) => {
    const formData = await request.formData();
    const kind = formData.get('kind') === 'reference' ? 'reference' : 'certification';
    const outcome = await removeEntry(ctx, { kind, id: String(formData.get('id')) });
    if (!outcome.ok) return refused({ ok: false, code: outcome.code });
    redirect(303, href(lang, `${PAGE}?done=removed`));
  },
  upload: async ({ locals: { ctx, lang }, request }) => {
    const upload = chosenFile(await request.formData(), 'document');
    const failed = (code: string) =>
      fail(400, { refused: 'invalid', errors: { document: code }, values: {}, about: 'document' as const });
    if (upload === null) return failed('required');
    const outcome = await storeFile(ctx, upload);
    if (outcome.ok) redirect(303, href(lang, `${PAGE}?done=file#documents`));
    return outcome.code === 'forbidden' ? refused(outcome) : failed(outcome.code);
  },
  removeFile: async ({ locals: { ctx, lang }, request }) => {
    const outcome = await removeFile(ctx, { id: String((await request.formData()).get('id')) });
    if (!outcome.ok) return refused(outcome);
    redirect(303, href(lang, `${PAGE}?done=file-removed#documents`));
  },
};
