import { customFieldIssues } from './check-custom-fields';

const definitions = [
  { key: 'note', type: 'text', choices: [] },
  { key: 'locker', type: 'number', choices: [] },
  { key: 'trained', type: 'date', choices: [] },
  { key: 'colour', type: 'choice', choices: ['red', 'blue'] },
] as const;
const fields = definitions.map((each) => ({ ...each, choices: [...each.choices] }));

describe('customFieldIssues', () => {
  it('takes values of the right type, and every null', () => {
    const values = { note: 'x', locker: 1.5, trained: '2028-02-29', colour: 'blue' };
    expect(customFieldIssues(fields, values)).toEqual([]);
    expect(customFieldIssues(fields, { note: null, gone: null })).toEqual([]);
  });

  it.each([
    ['note', 7],
    ['locker', '7'],
    ['trained', '2026-02-29'],
    ['trained', 20260101],
    ['colour', 'green'],
    ['colour', 1],
    ['unknown', 'x'],
  ])('names %s when it is %j', (key, value) => {
    expect(customFieldIssues(fields, { [key]: value })).toEqual([
      { path: `customFields.${key}`, message: expect.any(String) },
    ]);
  });
});
