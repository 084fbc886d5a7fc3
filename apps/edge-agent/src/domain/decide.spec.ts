import { decide, type RuleAnswer } from './decide';
import { UNASKED } from './liveness-book';

const found = { similarity: 0.8, runnerUpSimilarity: 0.2 };
const granting = (): RuleAnswer => ({ outcome: 'granted', reason: 'matched', unlockMs: 5000 });

describe('decide', () => {
  it('grants to a person who was identified and whom the rules let pass', () => {
    expect(
      decide({ ...found, reason: 'matched', personId: 'kim' }, { authorise: granting, liveness: UNASKED }),
    ).toEqual({
      ...{ outcome: 'granted', reason: 'matched', personId: 'kim', unlockMs: 5000 },
      ...{ ...found, liveness: null },
    });
  });

  it('turns away whom the rules turn away, and says who and why', () => {
    const asked: string[] = [];
    const refusing = (personId: string): RuleAnswer => {
      asked.push(personId);
      return { outcome: 'denied', reason: 'outside-schedule', unlockMs: 5000 };
    };
    expect(
      decide({ ...found, reason: 'matched', personId: 'kim' }, { authorise: refusing, liveness: UNASKED }),
    ).toEqual({
      ...{ outcome: 'denied', reason: 'outside-schedule', personId: 'kim', unlockMs: 0 },
      ...{ ...found, liveness: null },
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
    expect(decide({ ...found, reason, personId }, { authorise: granting, liveness: UNASKED })).toEqual({
      ...{ outcome: 'denied', reason, personId: null, unlockMs: 0 },
      ...{ ...found, liveness: null },
    });
  });

  const kim = { ...found, reason: 'matched', personId: 'kim' } as const;
  const answering = (outcome: RuleAnswer['outcome'], reason: RuleAnswer['reason']) => (): RuleAnswer => ({
    outcome,
    reason,
    unlockMs: 5000,
  });

  it.each([
    ['live', 0.9, { outcome: 'granted', reason: 'matched', personId: 'kim', liveness: 0.9, unlockMs: 5000 }],
    ['not-live', 0.1, { outcome: 'denied', reason: 'not-live', personId: 'kim', liveness: 0.1, unlockMs: 0 }],
    ['unknown', null, { outcome: 'denied', reason: 'liveness-unknown', personId: 'kim', unlockMs: 0 }],
  ] as const)('of somebody who may pass and is %s gives what that allows', (state, score, expected) => {
    expect(decide(kim, { authorise: granting, liveness: { state, score } })).toMatchObject(expected);
  });

  it('waits for the liveness of somebody who may pass, and of nobody else', () => {
    const pending = { state: 'pending', score: null } as const;
    expect(decide(kim, { authorise: granting, liveness: pending })).toBe('pending');
    const refusing = answering('denied', 'outside-schedule');
    expect(decide(kim, { authorise: refusing, liveness: pending })).toMatchObject({
      reason: 'outside-schedule',
    });
  });

  it('counts no picture as one of two people', () => {
    const authorise = answering('denied', 'two-person-pending');
    const asked = (state: 'pending' | 'not-live' | 'live') =>
      decide(kim, { authorise, liveness: { state, score: null } });
    expect(asked('pending')).toBe('pending');
    expect(asked('not-live')).toMatchObject({ reason: 'not-live' });
    expect(asked('live')).toMatchObject({ reason: 'two-person-pending' });
  });
});
