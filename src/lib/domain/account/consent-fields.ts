import { z } from 'zod';
import { CONSENT_DOCUMENTS, consentField, type ConsentDocument } from '#lib/domain/account/consent.ts';
import { ticked } from '#lib/domain/form/fields.ts';

/** A box that must be ticked. */
const mustTick = () => z.literal('on', { error: 'needs-consent' }).transform(() => true);

/** The consents of a form, in fields named by `consentField`. */
export const consentFields = {
  consent_terms: mustTick(),
  consent_privacy: mustTick(),
  consent_contacts_abroad: ticked(),
  consent_news: ticked(),
};

/** The documents whose boxes were ticked. */
export function givenConsents(data: Readonly<Record<string, unknown>>): ConsentDocument[] {
  return CONSENT_DOCUMENTS.filter((document) => data[consentField(document)] === true);
}
