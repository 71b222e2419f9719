import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { acceptedMediaType, attachment, safeFileName } from '#lib/domain/document/file.ts';

const PDF = 'application/pdf';

describe('file names', () => {
  it.each([
    ['성능시험서_최종.pdf', PDF, '성능시험서_최종.pdf'],
    ['SCAN.PDF', PDF, 'SCAN.pdf'],
    ['photo.jpeg', 'image/jpeg', 'photo.jpg'],
    ['../../etc/passwd', PDF, 'passwd.pdf'],
    ['C:\\Users\\me\\견적.pdf', PDF, '견적.pdf'],
    ['성능시험서.exe', PDF, '성능시험서.exe.pdf'],
    ['a\u202Efdp.exe', PDF, 'afdp.exe.pdf'], // right-to-left override would show exe.pdf
    ['a\r\nSet-Cookie: x.pdf', PDF, 'aSet-Cookie x.pdf'],
    ['', PDF, 'file.pdf'],
    ['.pdf', PDF, 'file.pdf'],
  ])('%j (%s) is kept as %j', (given, type, kept) => {
    expect(safeFileName(given, type)).toBe(kept);
  });

  it('composes names from a Mac', () => {
    expect(safeFileName('흑연.pdf'.normalize('NFD'), PDF)).toBe('흑연.pdf');
  });

  it('makes a header that is plain ASCII and one line, whatever the name', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (given) => {
        const header = attachment(safeFileName(given, PDF));
        return /^attachment; filename="[\x20-\x7e]*"; filename\*=UTF-8''[\w.!#$&+^`|~%-]*$/.test(header);
      }),
    );
  });

  it('keeps the name readable', () => {
    expect(attachment("시험 (최종)'s.pdf")).toBe(
      "attachment; filename=\"__ (__)'s.pdf\"; filename*=UTF-8''%EC%8B%9C%ED%97%98%20%28%EC%B5%9C%EC%A2%85%29%27s.pdf",
    );
  });
});

it('takes the listed kinds only', () => {
  expect(acceptedMediaType(PDF)).toBe(PDF);
  expect(acceptedMediaType('application/hwp+zip')).toBe('application/hwp+zip');
  expect(acceptedMediaType('image/svg+xml')).toBeNull();
  expect(acceptedMediaType('application/zip')).toBeNull();
  expect(acceptedMediaType(null)).toBeNull();
});
