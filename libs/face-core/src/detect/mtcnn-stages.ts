import type { Pixels, Square } from '../image/pixels';
import type { LockedDetector } from '../models/lock';
import { allEnded } from '../runtime/all-ended';
import type { InferenceBackend, Network } from '../runtime/inference-backend';
import type { Canvas } from './canvases';
import { collectProposals } from './cells';
import { cellsAlong, STRIDE_PX } from './pyramid';

/** One of the three networks: its file's bytes and what the lock says of it. */
export interface DetectorStage {
  readonly bytes: Uint8Array;
  readonly card: LockedDetector;
}

/** The networks of a cascade, or what is kept for each. */
export interface MtcnnNetworks<T = DetectorStage> {
  readonly propose: T;
  readonly refine: T;
  readonly output: T;
}

/** The second and third network. */
export type JudgingStage = 'refine' | 'output';

/** Side of the crops that a stage judges, how many at once, and how many numbers it gives for each. */
const JUDGING = {
  refine: { sizePx: 24, batchMax: 64, numbers: 5 },
  // More at once no longer fit the cache that lies nearest to a core: a third slower at 64.
  output: { sizePx: 48, batchMax: 16, numbers: 15 },
} as const;

/** Numbers that a stage gives for one box: logit, four sides, and of the third network five x and five y. */
export function judgementNumbers(stage: JudgingStage): number {
  return JUDGING[stage].numbers;
}

interface Stage {
  readonly network: Network;
  readonly card: LockedDetector;
}

/** The networks of a cascade on one thread, which they block while they run. */
export class MtcnnStages {
  /** Receives what the first network says of a canvas; used again while canvases are no larger. */
  #judgement = new Float32Array(0);

  private constructor(private readonly networks: MtcnnNetworks<Stage>) {}

  /** Loads the three networks. */
  static async load(networks: MtcnnNetworks, backend: InferenceBackend): Promise<MtcnnStages> {
    const load = async ({ bytes, card }: DetectorStage) => ({
      network: await backend.load(bytes),
      card,
    });
    const [propose, refine, output] = await allEnded(
      [networks.propose, networks.refine, networks.output].map(load),
    );
    return new MtcnnStages({ propose, refine, output } as MtcnnNetworks<Stage>);
  }

  /** What the first network takes for faces on these canvases. @returns 10 numbers each, see `collectProposals` */
  async propose(pixels: Pixels, canvases: readonly Canvas[], logitMin: number): Promise<number[]> {
    const { network, card } = this.networks.propose;
    const proposals: number[] = [];
    for (const canvas of canvases) {
      const { width, height } = canvas;
      const data = painted(pixels, canvas);
      const judgement = this.#room(5 * cellsAlong(width) * cellsAlong(height));
      const shape = [1, 5, cellsAlong(height), cellsAlong(width)];
      await network.run(
        { [card.input]: { type: 'float32', data, shape: [1, 3, height, width] } },
        { [card.outputs.judgement]: { data: judgement, shape } },
      );
      collectProposals(canvas, judgement, logitMin, proposals);
    }
    return proposals;
  }

  /** What a later network says of squares of the frame. @returns `judgementNumbers(stage)` for each */
  async judge(pixels: Pixels, stage: JudgingStage, squares: readonly Square[]): Promise<Float32Array> {
    const { network, card } = this.networks[stage];
    const { sizePx, batchMax, numbers } = JUDGING[stage];
    const result = new Float32Array(numbers * squares.length);
    for (let start = 0; start < squares.length; start += batchMax) {
      const batch = squares.slice(start, start + batchMax);
      const data = pixels.squares(batch, sizePx);
      const judgement = result.subarray(numbers * start, numbers * (start + batch.length));
      await network.run(
        { [card.input]: { type: 'float32', data, shape: [batch.length, 3, sizePx, sizePx] } },
        { [card.outputs.judgement]: { data: judgement, shape: [batch.length, numbers] } },
      );
    }
    return result;
  }

  async release(): Promise<void> {
    await Promise.all(Object.values(this.networks).map(({ network }: Stage) => network.release()));
  }

  #room(numbers: number): Float32Array {
    if (this.#judgement.length < numbers) this.#judgement = new Float32Array(numbers);
    return this.#judgement.subarray(0, numbers);
  }
}

function painted(pixels: Pixels, { width, height, strips }: Canvas): Float32Array {
  const { size } = pixels;
  return pixels.canvas(
    width,
    height,
    strips.map((strip) => {
      const span = { step: 1 / strip.scale, outside: strip.margin > 0 ? 'black' : 'nearest' } as const;
      const left = (strip.cellColumn * STRIDE_PX - strip.margin) / strip.scale;
      const top = (strip.cellRow * STRIDE_PX - strip.margin) / strip.scale;
      return {
        left: strip.left,
        top: strip.top,
        columns: { ...span, start: left, count: strip.width, length: size.width },
        rows: { ...span, start: top, count: strip.height, length: size.height },
      };
    }),
  );
}
