import { agreementsOf, resultOf } from './report';

const row = { name: 'detect-cold', size: '640x360', minFacePx: 40 };

describe('a row of a report', () => {
  it('has our median and p95, and each peer’s median over ours', () => {
    const times = Array.from({ length: 101 }, (_, index) => index / 10);
    const result = resultOf(row, [
      { name: 'munjigi', times, answers: [] },
      { name: 'slow', times: [20, 10, 15], answers: [] },
      { name: 'fast', times: [1], answers: [] },
    ]);
    expect(result).toEqual({
      name: 'detect-cold',
      size: '640x360',
      minFacePx: 40,
      medianMs: 5,
      p95Ms: 9.5,
      peers: [
        { name: 'slow', medianMs: 15, ratio: 3 },
        { name: 'fast', medianMs: 1, ratio: 0.2 },
      ],
    });
  });

  it('cannot be made of nothing', () => expect(() => resultOf(row, [])).toThrow(RangeError));
});

describe('the agreement on faces', () => {
  it('counts the frames with the same number, and leaves out who counts none', () => {
    const agreements = agreementsOf(row, [
      { name: 'munjigi', times: [], answers: [1, 2, 1, 0] },
      { name: 'same networks', times: [], answers: [1, 2, 2, 0] },
      { name: 'no detector', times: [], answers: [undefined, undefined, undefined, undefined] },
    ]);
    expect(agreements).toEqual([{ ...row, peer: 'same networks', frames: 3, of: 4, faces: [1, 1.25] }]);
  });
});
