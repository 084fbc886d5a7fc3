import type { BareRun } from './protocol';

/** What the cascade's outputs have in all for each box: two classes or their difference, a box, five points. */
const REFINE_VALUES = [5, 6];
const OUTPUT_VALUES = [15, 16];
/** Cells of the first network lie two pixels apart and see twelve. */
const CELL_PX = 12;
const STRIDE_PX = 2;

/**
 * Tells from the shapes that a run gave which of the cascade's networks it was and on what input.
 *
 * @returns one entry for each map of the first network (a run may judge several levels), one for a batch of boxes
 * @throws when the run fits none of the networks
 */
export function bareRunsOf(outputs: readonly (readonly number[])[]): BareRun[] {
  const maps = outputs.filter((shape) => shape.length === 4);
  if (maps.length > 0) {
    // Class and regression are two maps of the same size, unless they are one.
    const classes = maps.filter(([, channels]) => channels !== 4);
    return classes.map(([batch = 1, , rows = 1, columns = 1]) => ({
      model: 'mtcnn-pnet',
      shape: [batch, 3, inputPx(rows), inputPx(columns)],
    }));
  }
  const batch = outputs[0]?.[0] ?? 0;
  const values = outputs.reduce((sum, shape) => sum + shape.slice(1).reduce((a, b) => a * b, 1), 0);
  if (REFINE_VALUES.includes(values)) return [{ model: 'mtcnn-rnet', shape: [batch, 3, 24, 24] }];
  if (OUTPUT_VALUES.includes(values)) return [{ model: 'mtcnn-onet', shape: [batch, 3, 48, 48] }];
  throw new Error(`No network of the cascade gives ${JSON.stringify(outputs)}.`);
}

function inputPx(cells: number): number {
  return (cells - 1) * STRIDE_PX + CELL_PX;
}
