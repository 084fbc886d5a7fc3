import { decide, type RuleAnswer } from './decide';

const found = { similarity: 0.8, runnerUpSimilarity: 0.2 };
const granting = (): RuleAnswer => ({ outcome: 'granted', reason: 'matched', unlockMs: 5000 });

describe('decide', () => {
  it('grants to a person who was identified and whom the rules let pass', () => {
    expect(decide({ ...found, reason: 'matched', personId: 'kim' }, granting)).toEqual({
      ...{ outcome: 'granted', reason: 'matched', personId: 'kim', unlockMs: 5000 },
      ...found,
    });
  });

  it('turns away whom the rules turn away, and says who and why', () => {
    const asked: string[] = [];
    const refusing = (personId: string): RuleAnswer => {
      asked.push(personId);
      return { outcome: 'denied', reason: 'outside-schedule', unlockMs: 5000 };
    };
    expect(decide({ ...found, reason: 'matched', personId: 'kim' }, refusing)).toEqual({
      ...{ outcome: 'denied', reason: 'outside-schedule', personId: 'kim', unlockMs: 0 },
      ...found,
    });
    expect(asked).toEqual(['kim']);
  });

  it.each([
    ['unknown-person', null],
    ['ambiguous', null],
    ['gallery-unavailable', null],
    // Neither can be; doubt means denied.
    ['ambiguous', 'kim'],
    ['matched', null],
  ] as const)('denies when the reason is %s and the person %s, and asks no rule', (reason, personId) => {
    expect(decide({ ...found, reason, personId }, granting)).toEqual({
      ...{ outcome: 'denied', reason, personId: null, unlockMs: 0 },
      ...found,
    });
  });
});
