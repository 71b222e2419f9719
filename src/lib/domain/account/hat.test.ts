import { describe, expect, it } from 'vitest';
import { actorFor, chooseHat, hatThatFits, homeOf, type Hat } from './hat.ts';
import { isAdministrator, isCompanyEditor, isLeadMember, isOfficial } from './policy.ts';

const account = { id: 'a', name: 'A', email: 'a@example.com', verified: true };
const company: Hat = {
  key: 'c',
  kind: 'company',
  nameKo: '회사',
  nameEn: 'Company',
  role: 'editor',
  standing: 'vetted',
  vettedUntil: '2027-01-01',
};
const both: Hat = { ...company, key: 'b', kind: 'both', role: 'viewer' };
const office: Hat = {
  key: 'office',
  kind: 'official',
  nameKo: '외교부',
  nameEn: 'MOFA',
  role: 'official',
  standing: null,
  agency: 'mofa',
};

describe('a hat', () => {
  it('makes the actor: sides, role and standing of the organisation, or the office', () => {
    expect(actorFor(account, company)).toMatchObject({
      kind: 'member',
      organisationId: 'c',
      supplier: true,
      lead: false,
      role: 'editor',
      standing: 'vetted',
      vettedUntil: '2027-01-01',
    });
    expect(actorFor(account, both)).toMatchObject({ supplier: true, lead: true });
    expect(actorFor(account, office)).toMatchObject({
      kind: 'official',
      agency: 'mofa',
      administrator: false,
    });
    expect(actorFor(account, null)).toMatchObject({ kind: 'person', accountId: 'a' });
  });

  it('is the wanted one when held, else the only one, else none', () => {
    expect(chooseHat([company, office], 'office')).toBe(office);
    expect(chooseHat([company, office], 'gone')).toBeNull();
    expect(chooseHat([company], 'gone')).toBe(company);
    expect(chooseHat([], 'gone')).toBeNull();
  });

  it('that fits a policy is found among several', () => {
    expect(hatThatFits(account, [company, both, office], isLeadMember)).toBe(both);
    expect(hatThatFits(account, [company, office], isOfficial)).toBe(office);
    expect(hatThatFits(account, [both, company], isCompanyEditor)).toBe(company);
    expect(hatThatFits(account, [company, office], isAdministrator)).toBeNull();
  });

  it('has a home', () => {
    expect([company, both, office].map((hat) => homeOf(hat))).toEqual(['/company', '/company', '/ministry']);
    expect(homeOf({ kind: 'lead' })).toBe('/lead');
    expect(homeOf(null)).toBe('/account/organisation');
    expect(homeOf(null, true)).toBe('/account/acting');
  });
});
