import { describe, expect, it } from 'vitest';
import { companyNameKey, hasCompanyForm, stripCompanyForm } from './company-name.ts';

describe('company names', () => {
  it.each([
    ['주식회사 해솔플랜트', '해솔플랜트'],
    ['해솔플랜트㈜', '해솔플랜트'],
    ['(주) 해솔 플랜트', '해솔 플랜트'],
    ['해솔플랜트 유한책임회사', '해솔플랜트'],
    ['Haesol Plant Co., Ltd.', 'haesol plant'],
    ['HAESOL PLANT CORP.', 'haesol plant'],
    ['Haesol Plant Corporation', 'haesol plant'],
    ['Haesol L.L.C.', 'haesol'],
    ['주식회사 해솔 Inc.', '해솔'],
    ['삼주식회사랑', '삼주식회사랑'],
    ['주식회사', '주식회사'],
    ['Coal Co', 'coal'],
  ])('%s without its form is %s', (name, bare) => {
    expect(stripCompanyForm(name)).toBe(bare);
  });

  it('are equal whatever their form, case, spaces and normal form', () => {
    const keys = ['주식회사 해솔플랜트', '해솔 플랜트㈜', '(주)해솔플랜트'.normalize('NFD')].map(
      companyNameKey,
    );
    expect(new Set(keys).size).toBe(1);
  });

  it('of different firms stay different', () => {
    expect(companyNameKey('주식회사 삼성전자')).not.toBe(companyNameKey('주식회사 현대자동차'));
    expect(companyNameKey('주식회사 삼성전자')).toBe(companyNameKey('삼성전자'));
  });

  it('tell that a form was written', () => {
    expect(hasCompanyForm('해솔㈜')).toBe(true);
    expect(hasCompanyForm('흑연')).toBe(false);
  });
});
