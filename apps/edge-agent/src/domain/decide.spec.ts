import { decide } from './decide';

const found = { similarity: 0.8, runnerUpSimilarity: 0.2 };

describe('decide', () => {
  it('grants to a person who was identified', () => {
    expect(decide({ ...found, reason: 'matched', personId: 'kim' })).toEqual({
      ...{ outcome: 'granted', reason: 'matched', personId: 'kim' },
      ...found,
    });
  });

  it.each([
    ['unknown-person', null],
    ['ambiguous', null],
    ['gallery-unavailable', null],
    // Neither can be; doubt means denied.
    ['ambiguous', 'kim'],
    ['matched', null],
  ] as const)('denies when the reason is %s and the person %s', (reason, personId) => {
    expect(decide({ ...found, reason, personId })).toEqual({
      ...{ outcome: 'denied', reason, personId: null },
      ...found,
    });
  });
});
