/** Cells that a picture is divided into, and points that each is sampled at: a fixed cost, whatever its size. */
const COLUMNS = 32;
const ROWS = 18;
const POINTS = 4;
/** Between neighbouring cells, of 255: more than noise and shading make, less than the edge of anything. */
const EDGE_MIN = 8;

/** What one look at a picture tells, without knowing what is on it. Brightness is luma, 0 to 255. */
export interface PictureLook {
  /** One luma of each sampled point. */
  readonly samples: Uint8Array;
  readonly mean: number;
  /** 1 % of the points are brighter. */
  readonly bright: number;
  /** Share of neighbouring cells that differ: next to nothing where something is right before the lens. */
  readonly edges: number;
}

/** A picture in RGB, interleaved HWC, uint8. */
export interface LookedAt {
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** Samples a picture, of any size, at 9,216 points; takes about 0.1 ms. */
export function lookAt({ data, width, height }: LookedAt): PictureLook {
  const across = COLUMNS * POINTS;
  const samples = new Uint8Array(across * ROWS * POINTS);
  const cells = new Float64Array(COLUMNS * ROWS);
  const counts = new Uint32Array(256);
  let at = 0;
  for (let row = 0; row < ROWS * POINTS; row += 1) {
    const line = Math.floor(((row + 0.5) * height) / (ROWS * POINTS)) * width;
    const cellRow = Math.floor(row / POINTS) * COLUMNS;
    for (let column = 0; column < across; column += 1) {
      const pixel = (line + Math.floor(((column + 0.5) * width) / across)) * 3;
      const luma = (data[pixel]! + 2 * data[pixel + 1]! + data[pixel + 2]!) >> 2;
      samples[at] = luma;
      at += 1;
      counts[luma]! += 1;
      cells[cellRow + Math.floor(column / POINTS)]! += luma / (POINTS * POINTS);
    }
  }
  const mean = cells.reduce((sum, cell) => sum + cell, 0) / cells.length;
  return { samples, mean, bright: brightOf(counts, samples.length), edges: edgesOf(cells) };
}

/** Mean absolute difference of two looks at pictures of one camera, 0 to 255. */
export function differenceOf(a: PictureLook, b: PictureLook): number {
  let sum = 0;
  for (let at = 0; at < a.samples.length; at += 1) sum += Math.abs(a.samples[at]! - b.samples[at]!);
  return sum / a.samples.length;
}

function brightOf(counts: Uint32Array, total: number): number {
  let brighter = 0;
  for (let luma = 255; luma > 0; luma -= 1) {
    brighter += counts[luma]!;
    if (brighter > total / 100) return luma;
  }
  return 0;
}

function edgesOf(cells: Float64Array): number {
  let [edges, pairs] = [0, 0];
  for (let at = 0; at < cells.length; at += 1) {
    const neighbours = [at % COLUMNS < COLUMNS - 1 ? at + 1 : null, at + COLUMNS];
    for (const other of neighbours) {
      if (other === null || other >= cells.length) continue;
      pairs += 1;
      if (Math.abs(cells[at]! - cells[other]!) > EDGE_MIN) edges += 1;
    }
  }
  return edges / pairs;
}
