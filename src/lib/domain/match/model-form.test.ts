import { describe, expect, it } from 'vitest';
import { modelForm, modelFrom, nextModelId, WEIGHT_FIELDS, weightsOf } from '#lib/domain/match/model-form.ts';
import { MODEL } from '#lib/domain/match/model.ts';

const typed = (changes: Record<string, string> = {}) => ({
  ...Object.fromEntries(Object.entries(weightsOf(MODEL)).map(([field, value]) => [field, String(value)])),
  note: 'Evidence counts more.',
  ...changes,
});

describe('a model in the making', () => {
  it('holds every weight of the model: unchanged, it is the same model under another id', () => {
    const read = modelForm.parse(typed());
    expect(modelFrom(MODEL, '2026-11.1', read)).toEqual({ ...MODEL, id: '2026-11.1' });
    const groups = Object.keys(MODEL.lines).length + Object.keys(MODEL.context).length;
    expect(WEIGHT_FIELDS).toHaveLength(1 + groups + Object.keys(MODEL.shares).length);
  });

  it('takes over what is typed, and only that', () => {
    const model = modelFrom(MODEL, '2026-11.1', modelForm.parse(typed({ shares_evidence: '0.3' })));
    expect(model).toEqual({ ...MODEL, id: '2026-11.1', shares: { ...MODEL.shares, evidence: 0.3 } });
  });

  it.each([
    ['must', '1', 'must-above-should'],
    ['lines_capability', '0', 'not-positive'],
    ['lines_language', '-1', 'too-small:0'],
    ['context_text', '', 'required'],
    ['shares_mineral', 'much', 'bad-number'],
    ['shares_recency', '21', 'too-big:20'],
    ['note', '', 'required'],
  ])('refuses %s = %o', (field, value, code) => {
    const read = modelForm.safeParse(typed({ [field]: value }));
    expect(read.error?.issues.map((issue) => [issue.path.join('.'), issue.message])).toContainEqual([
      field,
      code,
    ]);
  });

  it('is numbered within its month', () => {
    expect(nextModelId('2026-11', [])).toBe('2026-11.1');
    expect(nextModelId('2026-11', ['2026-11.2', '2026-10.7', '2026-11'])).toBe('2026-11.3');
  });
});
