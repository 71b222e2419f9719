import { isEditor } from '#lib/domain/account/policy.ts';
import { isUuid } from '#lib/domain/form/uuid.ts';
import { chosenFile, storeFile } from '#lib/server/document/commands.ts';
import { koreanDay } from '#lib/server/platform/clock.ts';
import { filesLeft } from '#lib/server/document/queries.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { readForm, type FormValues } from '#lib/server/platform/http/forms.ts';
import { refuse, type Outcome } from '#lib/server/platform/result.ts';
import { answerForm, answerRequest } from '#lib/server/vetting/commands.ts';
import { ownRequest, ownVetting } from '#lib/server/vetting/queries.ts';

/** What the vetting page of a company or lead shows; null when the actor acts for nobody. */
export async function ownVettingPage(ctx: Context) {
  const vetting = await ownVetting(ctx);
  const now = ctx.now();
  return vetting && { vetting, now, today: koreanDay(now), editor: isEditor(ctx.actor) };
}

/** What the page of one information request shows; null when it is not theirs. */
export async function ownRequestPage(ctx: Context, id: string) {
  const request = isUuid(id) ? await ownRequest(ctx, id) : null;
  return request && { request, now: ctx.now(), editor: isEditor(ctx.actor), filesLeft: await filesLeft(ctx) };
}

/** Reads a posted answer, keeps its file, sends it. What was typed comes back when it is refused. */
export async function postAnswer(
  ctx: Context,
  requestId: string,
  formData: FormData,
): Promise<{ outcome: Outcome<unknown>; values: FormValues }> {
  const form = readForm(formData, answerForm);
  if (!form.ok) return { outcome: refuse('invalid', form.invalid.errors), values: form.invalid.values };
  if (!isUuid(requestId) || !(await ownRequest(ctx, requestId)))
    return { outcome: refuse('not-found'), values: {} };
  const upload = chosenFile(formData, 'file');
  const files = [...form.data.files];
  if (upload) {
    const stored = await storeFile(ctx, upload);
    if (!stored.ok) {
      const outcome =
        stored.code === 'forbidden' ? refuse('forbidden') : refuse('invalid', { file: stored.code });
      return { outcome, values: form.values };
    }
    files.push(stored.value.id);
  }
  return {
    outcome: await answerRequest(ctx, { requestId, answer: form.data.answer, files }),
    values: form.values,
  };
}
