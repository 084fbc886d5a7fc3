import { collectProposals } from './cells';

/** A canvas of 20 x 16 cells' pixels with a strip of 3 x 2 cells at (10, 6). */
const strip = {
  level: 3,
  scale: 0.3,
  width: 16,
  height: 14,
  cellRow: 4,
  cellColumn: 0,
  margin: 2,
  left: 10,
  top: 6,
};
const canvas = { width: 50, height: 42, strips: [strip] };
const columns = 20;
const plane = columns * 16;

function judgementWith(cells: readonly { column: number; row: number; logit: number }[]): Float32Array {
  const judgement = new Float32Array(5 * plane).fill(-5, 0, plane);
  for (const { column, row, logit } of cells) {
    const at = row * columns + column;
    judgement[at] = logit;
    for (let side = 1; side <= 4; side += 1) judgement[side * plane + at] = side;
  }
  return judgement;
}

function proposals(judgement: Float32Array, logitMin = 1): number[] {
  const numbers: number[] = [];
  collectProposals(canvas, judgement, logitMin, numbers);
  return numbers;
}

describe('collectProposals', () => {
  it('maps a cell of a strip to its box in the frame and reads its own numbers', () => {
    // Column 2, row 1 of the strip; its row of the level is 5, less a margin of two pixels.
    const found = proposals(judgementWith([{ column: 5 + 2, row: 3 + 1, logit: 1.5 }]));

    const x = 2 * 2 + 1 - 2;
    const y = 2 * 5 + 1 - 2;
    expect(found).toEqual([
      3,
      Math.floor(x / 0.3),
      Math.floor(y / 0.3),
      Math.floor((x + 11) / 0.3),
      Math.floor((y + 11) / 0.3),
      1.5,
      1,
      2,
      3,
      4,
    ]);
  });

  it('looks at the strip’s own cells only', () => {
    const around = [
      { column: 4, row: 3 },
      { column: 8, row: 3 },
      { column: 5, row: 2 },
      { column: 5, row: 5 },
    ];

    expect(proposals(judgementWith(around.map((cell) => ({ ...cell, logit: 9 }))))).toEqual([]);
  });

  it('takes a logit below the least, or one that is no number, for no face', () => {
    const cells = [
      { column: 5, row: 3, logit: 0.99 },
      { column: 6, row: 3, logit: Number.NaN },
    ];

    expect(proposals(judgementWith(cells))).toEqual([]);
    expect(proposals(judgementWith(cells), 0.9)).toHaveLength(10);
  });

  it('keeps the likeliest of more than can be handled', () => {
    const size = { width: 410, height: 410 };
    const wide = { ...size, strips: [{ ...strip, ...size, left: 0, top: 0, cellRow: 0 }] };
    const cells = 200 * 200;
    const judgement = new Float32Array(5 * cells).map((_, at) => (at < cells ? at / cells : 0));
    const numbers: number[] = [];

    collectProposals(wide, judgement, 0, numbers);

    expect(numbers.length / 10).toBe(4_000);
    const logits = numbers.filter((_, at) => at % 10 === 5);
    expect(Math.min(...logits)).toBeCloseTo(1 - 4_000 / cells, 4);
  });

  it('bounds those that are all alike', () => {
    const size = { width: 410, height: 410 };
    const wide = { ...size, strips: [{ ...strip, ...size, left: 0, top: 0, cellRow: 0 }] };
    const numbers: number[] = [];

    collectProposals(wide, new Float32Array(5 * 200 * 200), 0, numbers);

    expect(numbers.length / 10).toBe(4_000);
  });
});
