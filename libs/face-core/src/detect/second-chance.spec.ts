import type { Candidate } from './candidate';
import { clustersOf, judgedWithSecondChance } from './second-chance';

function box(left: number, score: number): Candidate {
  return { left, top: 0, right: left + 100, bottom: 100, score, regression: [0, 0, 0, 0] };
}

const best = box(0, 0.9);
const near = box(10, 0.8);
const apart = box(300, 0.7);

describe('clustersOf', () => {
  it('groups boxes about the best one that they overlap', () => {
    expect(clustersOf([near, apart, best], 0.6)).toEqual([
      { leader: best, others: [near] },
      { leader: apart, others: [] },
    ]);
  });
});

describe('judgedWithSecondChance', () => {
  async function judge(accepted: readonly Candidate[]) {
    const asked: Candidate[][] = [];
    const found = await judgedWithSecondChance([near, apart, best], 0.6, (candidates) => {
      asked.push([...candidates]);
      return Promise.resolve(
        candidates.map((candidate) => (accepted.includes(candidate) ? candidate : undefined)),
      );
    });
    return { asked, found };
  }

  it('asks once where the best of each cluster is a face', async () => {
    expect(await judge([best, apart])).toEqual({ asked: [[best, apart]], found: [best, apart] });
  });

  it('asks for the others of a cluster whose best is refused', async () => {
    expect(await judge([near, apart])).toEqual({ asked: [[best, apart], [near]], found: [apart, near] });
  });

  it('finds nothing where all are refused, and asks nothing of nothing', async () => {
    expect((await judge([])).found).toEqual([]);
    expect(await judgedWithSecondChance([], 0.6, () => Promise.resolve([]))).toEqual([]);
  });
});
