import { compare } from './account';

const at = (sequence: number, more: object = {}) => ({
  ...{ id: `id-${sequence}`, epoch: 'e', sequence, received: new Date(1000 + sequence) },
  ...more,
});
const record = {
  ...{ doorId: 'd', epoch: 'e', lastSequence: 3, held: ['id-2'] },
  told: [1, 2, 3].map((sequence) => ({ sequence, id: `id-${sequence}` })),
};
const GOOD = { stored: 3, lost: 0, doubled: 0, differing: 0, outOfOrder: 0, heldLost: 0, otherEpochs: 0 };

describe('the account of a soak', () => {
  it('is good when each event is there once', () => {
    expect(compare([at(1), at(2), at(3)], record)).toEqual(GOOD);
  });

  it.each([
    ['lost', [at(1), at(3)], { stored: 2, lost: 1, differing: 1, heldLost: 1 }],
    ['there twice', [at(1), at(2), at(3), at(3)], { stored: 4, doubled: 2 }],
    ['there under two numbers', [at(1), at(2), at(3, { id: 'id-2' })], { doubled: 1, differing: 1 }],
    ['another', [at(1), at(2), at(3, { id: 'other' })], { differing: 1 }],
    ['received too early', [at(1), at(2, { received: new Date(9000) }), at(3)], { outOfOrder: 1 }],
    ['of another epoch', [at(1), at(2), at(3), at(4, { epoch: 'f' })], { otherEpochs: 1 }],
  ])('tells of one that is %s', (_, rows, wrong) => {
    expect(compare(rows, record)).toEqual({ ...GOOD, ...wrong });
  });
});
