import { identification } from './identification';
import { attackDetection } from './presentation-attack';
import { errorRatesAt } from './score-set';

describe('identification', () => {
  it('counts a mate that did not come first as a miss at every threshold', () => {
    const { scores, rankOne } = identification([
      { mated: true, rankOne: true, bestScore: 0.8 },
      { mated: true, rankOne: true, bestScore: 0.4 },
      { mated: true, rankOne: false, bestScore: 0.9 },
      { mated: true, rankOne: false, bestScore: -Infinity },
      { mated: false, rankOne: false, bestScore: 0.5 },
      { mated: false, rankOne: false, bestScore: 0.3 },
    ]);

    expect(rankOne).toBe(0.5);
    expect(errorRatesAt(scores, 0.2)).toEqual({ fmr: 1, fnmr: 0.5 });
    expect(errorRatesAt(scores, 0.5)).toEqual({ fmr: 0.5, fnmr: 0.75 });
  });

  it('says nothing of what was not tried', () => {
    expect(identification([])).toMatchObject({ rankOne: undefined, eer: undefined });
  });
});

describe('attackDetection', () => {
  const threshold = 0.5;
  const live = (score: number | undefined) => ({ species: undefined, score, threshold });
  const attack = (species: string, score: number | undefined) => ({ species, score, threshold });

  it('takes the worst kind of attack, never the mean', () => {
    const found = attackDetection([
      live(0.9),
      live(0.5),
      live(0.4),
      live(undefined),
      attack('print', 0.9),
      attack('print', 0.1),
      attack('screen', 0.1),
      attack('screen', 0.2),
      attack('screen', undefined),
    ]);

    expect(found).toMatchObject({
      threshold,
      apcer: 0.5,
      bpcer: 1 / 3,
      acer: (0.5 + 1 / 3) / 2,
      species: [
        { species: 'print', attacks: 2, apcer: 0.5, nonResponses: 0 },
        { species: 'screen', attacks: 2, apcer: 0, nonResponses: 1 },
      ],
      counts: { bonaFide: 4, attacks: 5, nonResponses: { bonaFide: 1, attacks: 1 } },
    });
  });

  it('leaves open what was not tried', () => {
    expect(attackDetection([live(0.9)])).toMatchObject({ apcer: undefined, bpcer: 0, acer: undefined });
    expect(attackDetection([attack('print', 0.9)])).toMatchObject({ apcer: 1, bpcer: undefined });
    expect(attackDetection([attack('print', undefined)])).toMatchObject({ apcer: undefined });
  });
});
