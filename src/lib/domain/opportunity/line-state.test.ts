import { describe, expect, it } from 'vitest';
import { blockedLines, lineStates } from '#lib/domain/opportunity/line-state.ts';

const part = (requirement: string | null, points: number, max: number, text: string | null = null) => ({
  requirement,
  points,
  max,
  evidence: text === null ? null : { text },
});

describe('the state of a requirement line', () => {
  it('adds up the parts of the line and leaves out what no line asks', () => {
    const states = lineStates(
      [
        part('q1', 0.3, 0.4, 'Filters'),
        part('q1', 0.1, 0.1, 'Filters'),
        part('q2', 0, 0.1),
        part(null, 0.2, 0.2),
      ],
      new Set(),
    );
    expect([...states]).toEqual([
      ['q1', { standing: 'partly', rests: ['Filters'] }],
      ['q2', { standing: 'missing', rests: [] }],
    ]);
  });

  it('is met from nine tenths on, unless a gate says otherwise', () => {
    const gates = [
      { passed: false, requirement: 'q2' },
      { passed: true, requirement: 'q1' },
      { passed: false, requirement: null },
    ];
    const states = lineStates([part('q1', 0.9, 1), part('q2', 0.9, 1)], blockedLines(gates));
    expect([...states].map(([line, { standing }]) => `${line} ${standing}`)).toEqual(['q1 met', 'q2 partly']);
  });
});
