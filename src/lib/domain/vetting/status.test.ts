import { describe, expect, it } from 'vitest';
import { CASE_ACTIONS, isOpen, nextCaseStatus } from '#lib/domain/vetting/status.ts';
import { CASE_STATUSES } from '#lib/domain/vetting/vetting.ts';

/** Rows: status; columns in the order of CASE_ACTIONS; '-' is refused. */
const TABLE = `
submitted  reviewing -         -         -         -        -         -       withdrawn
reviewing  reviewing reviewing waiting   -         proposed -         -       withdrawn
waiting    waiting   waiting   waiting   reviewing -        -         -       withdrawn
proposed   -         -         -         -         -        reviewing decided -
decided    -         -         -         -         -        -         -       -
withdrawn  -         -         -         -         -        -         -       -
`
  .trim()
  .split('\n')
  .map((line) => line.split(/\s+/));

describe('status table of a vetting case', () => {
  it('covers every status', () => {
    expect(TABLE.map(([status]) => status).sort()).toEqual([...CASE_STATUSES].sort());
  });

  for (const [status, ...cells] of TABLE) {
    for (const [index, cell] of cells.entries()) {
      const action = CASE_ACTIONS[index];
      const from = CASE_STATUSES.find((known) => known === status);
      if (!action || !from) throw new Error('the table does not fit the lists');
      it(`${from} + ${action} → ${cell}`, () => {
        expect(nextCaseStatus(from, action)).toBe(cell === '-' ? null : cell);
      });
    }
  }

  it('nothing leads out of an ended case', () => {
    for (const status of CASE_STATUSES) {
      if (isOpen(status)) continue;
      for (const action of CASE_ACTIONS) expect(nextCaseStatus(status, action)).toBeNull();
    }
  });
});
