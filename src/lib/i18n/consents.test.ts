import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { CONSENT_DOCUMENTS, missingConsents } from '#lib/domain/account/consent.ts';
import { LANGS } from './lang.ts';
import { consents, consentText } from './consents.ts';

/** Beginning of the hash of each text that was ever published. A changed text needs a new version, and a line here. */
const PUBLISHED: Record<string, string> = {
  'terms 2026-11-24 ko': 'dde36176262ae65a',
  'terms 2026-11-24 en': 'c183a61e144339b3',
  'privacy 2026-11-24 ko': 'b3732b80001fcb64',
  'privacy 2026-11-24 en': 'b351c1373a2dfb15',
  'contacts-abroad 2026-11-24 ko': '7054c8d60d2e342e',
  'contacts-abroad 2026-11-24 en': 'f4b3c98194604c48',
  'news 2026-11-24 ko': '52e5cf9f750b3372',
  'news 2026-11-24 en': 'a07801ac94255ac0',
};

describe('consent texts', () => {
  it.each(CONSENT_DOCUMENTS.flatMap((document) => LANGS.map((lang) => [document, lang] as const)))(
    '%s in %s is what was published under its version',
    (document, lang) => {
      const { version, body } = consentText(document, lang);
      const hash = createHash('sha256').update(body).digest('hex').slice(0, 16);
      expect(PUBLISHED[`${document} ${version} ${lang}`]).toBe(hash);
    },
  );

  it('say what is collected, why, how long, and that one may refuse', () => {
    for (const document of ['privacy', 'contacts-abroad', 'news'] as const) {
      expect(consents[document].body('ko')).toMatch(/항목/);
      expect(consents[document].body('ko')).toMatch(/목적/);
      expect(consents[document].body('ko')).toMatch(/보유 기간/);
      expect(consents[document].body('ko')).toMatch(/동의하지 않을 권리/);
    }
  });

  it('are needed only where they must be', () => {
    expect(missingConsents([])).toEqual({ consent_terms: 'needs-consent', consent_privacy: 'needs-consent' });
    expect(missingConsents(['privacy', 'terms'])).toEqual({});
  });
});
