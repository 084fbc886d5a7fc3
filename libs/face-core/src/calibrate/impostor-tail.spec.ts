import { impostorTail, type ImpostorTail } from './impostor-tail';
import { betaScores, drawn, heavyScores, normalScores, seeded, valueAt } from './testing/made-scores';

/** The tail of so many draws. */
function tailOf(known: Parameters<typeof drawn>[0], count: number, random: () => number): ImpostorTail {
  return impostorTail(drawn(known, count, random).sort()) as ImpostorTail;
}

describe('impostorTail', () => {
  it.each([
    ['normal', normalScores(0.05, 0.1)],
    ['beta', betaScores(8)],
    ['heavy', heavyScores(0.2, 0.005)],
  ])(
    'has the true rate of a %s tail in its interval, one and two decades past the data, in most of 80 draws',
    (_, known) => {
      const [count, draws] = [20_000, 80];
      const targets = [0.3, 0.03].map((expected) => expected / count);
      const within = [0, 0];
      const random = seeded(2026);
      for (let draw = 0; draw < draws; draw += 1) {
        const tail = tailOf(known, count, random);
        for (const [decade, share] of targets.entries()) {
          const [low, high] = tail.intervalAt(valueAt(known, share));
          if (low <= share && share <= high) within[decade]! += 1;
        }
      }
      // 95 % are meant; 80 draws tell it to 7 %.
      expect(Math.min(...within)).toBeGreaterThan(0.88 * draws);
      // An interval that always holds the truth would be too wide to be of use.
      expect(Math.min(...within)).toBeLessThan(draws);
    },
  );

  it('falls with the score, rate within its interval, and narrows nowhere to nothing', () => {
    const tail = tailOf(normalScores(0, 0.1), 20_000, seeded(3));
    let before = 1;
    for (let score = tail.from; score < 0.8; score += 0.01) {
      const rate = tail.rateAt(score);
      const [low, high] = tail.intervalAt(score);
      expect(rate).toBeLessThan(before);
      expect(low).toBeLessThan(rate);
      expect(high).toBeGreaterThan(rate);
      before = rate;
    }
  });

  it('is fitted to fewer scores where the 500 highest are of two kinds', () => {
    const random = seeded(7);
    const scores = drawn(normalScores(0, 0.05), 20_000, random);
    scores.set(drawn(heavyScores(0.1, 0.02), 300, random).map((score) => 0.5 + score));

    expect(tailOf(normalScores(0, 0.05), 20_000, seeded(7)).scores).toBe(500);
    expect(impostorTail(scores.sort())?.scores).toBe(250);
  });

  it('is none where there are too few different scores', () => {
    expect(impostorTail(drawn(normalScores(0, 0.1), 400, seeded(1)).sort())).toBeUndefined();
    expect(impostorTail(new Float64Array(5000).fill(0.2))).toBeUndefined();
  });
});
