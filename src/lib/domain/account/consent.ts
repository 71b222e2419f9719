/** Texts a person is asked to agree to; each stands alone and none is ticked beforehand (DOMAIN 3.6). */
export const CONSENT_DOCUMENTS = ['terms', 'privacy', 'contacts-abroad', 'news'] as const;
export type ConsentDocument = (typeof CONSENT_DOCUMENTS)[number];

/** Without these there is no account; the others may be refused and withdrawn at no disadvantage. */
export const REQUIRED_CONSENTS = ['terms', 'privacy'] as const satisfies readonly ConsentDocument[];

export function isRequiredConsent(document: ConsentDocument): boolean {
  return (REQUIRED_CONSENTS as readonly ConsentDocument[]).includes(document);
}

/** Field of a form → issue code, for each required consent that was not given. */
export function missingConsents(given: readonly ConsentDocument[]): Record<string, string> {
  const missing = REQUIRED_CONSENTS.filter((document) => !given.includes(document));
  return Object.fromEntries(missing.map((document) => [consentField(document), 'needs-consent']));
}

/** Name of the box of a consent in a form. */
export function consentField(document: ConsentDocument): string {
  return `consent_${document.replaceAll('-', '_')}`;
}
