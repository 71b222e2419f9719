import { describe, expect, it } from 'vitest';
import { errorList, fieldError } from './field-errors.ts';

describe('fieldError', () => {
  it('says what to do, with the limit', () => {
    expect(fieldError('ko', 'too-long:1000')).toBe('1,000자 안으로 줄여 주십시오.');
    expect(fieldError('en', 'too-short:10')).toBe('Write at least 10 characters.');
    expect(fieldError('ko', 'file-too-big:20971520')).toBe('파일을 20MB 아래로 줄여 다시 골라 주십시오.');
    expect(fieldError('ko', 'files-full:1073741824')).toMatch(
      /^조직의 파일이 모두 1GB를 넘게 됩니다\. .*지운 뒤/,
    );
    expect(fieldError('en', 'files-full:1073741824')).toMatch(/more than 1 GB\. .*delete files/);
    expect(fieldError('ko', 'required')).toBe('적거나 골라 주십시오.');
  });

  it.each(['nonsense', 'constructor', '', 'toString:3'])('never shows the code %j', (code) => {
    expect(fieldError('ko', code)).toBe('이 칸의 내용을 확인해 주십시오.');
    expect(fieldError('en', code)).toBe('Check what is entered here.');
  });
});

describe('errorList', () => {
  it('follows the order of the form and names the field', () => {
    const codes = { year: 'bad-year', amount: 'bad-number', note: undefined, other: 'required' };
    expect(errorList('en', codes, { amount: 'Capacity', note: 'Note', year: 'Year' })).toEqual([
      { field: 'amount', text: 'Capacity: Write it as a number, for example 60000.' },
      { field: 'year', text: 'Year: Write the year with four digits.' },
      { field: 'other', text: 'Fill this in.' },
    ]);
  });
});
