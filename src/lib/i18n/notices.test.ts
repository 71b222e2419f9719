import { describe, expect, it } from 'vitest';
import { NOTICE_KINDS } from '#lib/domain/notice/notice.ts';
import { LANGS } from './lang.ts';
import { noticeText } from './notices.ts';

const data = {
  nameKo: '가람',
  nameEn: 'Garam',
  titleKo: '여과 설비',
  titleEn: 'Filters',
  number: 'V-2026-0012',
  outcome: 'vetted',
  validTo: '2027-11-24',
  days: '30',
  reasonKo: '서류가 모자랍니다.',
  reasonEn: 'Papers are missing.',
  person: '한바다',
};

describe.each(LANGS)('notices in %s', (lang) => {
  it.each(NOTICE_KINDS)('%s reads well with all its values and with none', (kind) => {
    for (const values of [data, {}]) {
      const { subject, text } = noticeText(lang, kind, values);
      for (const words of [subject, text]) {
        expect(words).not.toMatch(/undefined|null|NaN|\(\)|‘’|“”| {2}|\[object/);
        expect(words.trim()).toBe(words);
        expect(words.length).toBeGreaterThan(5);
      }
    }
  });
});

describe('a notice', () => {
  it('puts the right particle after a name', () => {
    const subject = (nameKo: string) => noticeText('ko', 'interest-received', { ...data, nameKo }).subject;
    expect(subject('가람')).toBe('가람이 관심을 표명했습니다');
    expect(subject('해솔플랜트')).toBe('해솔플랜트가 관심을 표명했습니다');
  });

  it('falls back to the other language’s name', () => {
    expect(noticeText('en', 'interest-received', { nameKo: '가람' }).subject).toBe(
      '가람 has expressed interest',
    );
  });

  it('names the certificate that runs out, and when', () => {
    const values = { certificate: 'ISO 14001', validTo: '2026-12-24' };
    const subject = (days: string) => noticeText('en', 'certificate-expiring', { ...values, days }).subject;
    expect(subject('30')).toBe('ISO 14001 runs out in 30 days');
    expect(subject('1')).toBe('ISO 14001 runs out in 1 day');
    expect(subject('0')).toBe('ISO 14001 runs out today');
  });

  it('says the outcome and until when', () => {
    expect(noticeText('en', 'vetting-decided', data)).toEqual({
      subject: 'You are vetted',
      text: 'Valid to 24 Nov 2027. It says: Papers are missing.',
    });
  });
});
