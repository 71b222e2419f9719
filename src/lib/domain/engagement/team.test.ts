import { describe, expect, it } from 'vitest';
import { openLines, teamActions, type TeamSituation } from '#lib/domain/engagement/team.ts';

const at = (changes: Partial<TeamSituation>): TeamSituation => ({
  state: 'forming',
  role: 'leader',
  interest: null,
  accepted: 2,
  invited: 1,
  most: 3,
  open: true,
  ...changes,
});

describe('what may be done in a team', () => {
  it('while it forms', () => {
    expect(teamActions(at({}))).toEqual([
      ...['send', 'ask', 'write', 'cancel', 'remove', 'hand-over', 'leave', 'disband'],
    ]);
    expect(teamActions(at({ role: 'member' }))).toEqual(['write', 'leave']);
    expect(teamActions(at({ role: 'invited' }))).toEqual(['accept', 'decline']);
    expect(teamActions(at({ role: 'none' }))).toEqual([]);
    expect(teamActions(at({ accepted: 1 }))).toEqual(['ask', 'cancel', 'disband']);
    expect(teamActions(at({ accepted: 3 }))).not.toContain('ask');
    expect(teamActions(at({ invited: 5 }))).not.toContain('ask');
  });

  it('after the deadline nobody joins or sends', () => {
    expect(teamActions(at({ open: false }))).toEqual(['cancel', 'remove', 'hand-over', 'leave', 'disband']);
    expect(teamActions(at({ open: false, role: 'invited' }))).toEqual([]);
  });

  it('after sending only members go and leaders change, until it is answered', () => {
    const sent = { state: 'sent', interest: 'opened' } as const;
    expect(teamActions(at(sent))).toEqual(['write', 'hand-over', 'leave']);
    expect(teamActions(at({ ...sent, role: 'member' }))).toEqual(['write', 'leave']);
    expect(teamActions(at({ ...sent, interest: 'accepted' }))).toEqual(['write']);
    expect(teamActions(at({ state: 'disbanded' }))).toEqual([]);
  });
});

it('tells the lines that are still open', () => {
  const members = [
    { id: 'a', lines: ['q1'] },
    { id: 'b', lines: ['q3', 'q1'] },
  ];
  expect(openLines(['q1', 'q2', 'q3'], members)).toEqual(['q2']);
});
