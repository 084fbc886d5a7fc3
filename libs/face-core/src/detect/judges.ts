import type { Square } from '../image/pixels';
import type { LockedDetector } from '../models/lock';
import { allEnded } from '../runtime/all-ended';
import type { InferenceBackend, Network } from '../runtime/inference-backend';

/** One of a cascade's networks: its file's bytes and what the lock says of it. */
export interface DetectorStage {
  readonly bytes: Uint8Array;
  readonly card: LockedDetector;
}

/** A network that is loaded. */
export interface LoadedStage {
  readonly network: Network;
  readonly card: LockedDetector;
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

/** What squares are cut out of. */
export interface SquareSource {
  /** See `Pixels.squares`. */
  squares(squares: readonly Square[], sizePx: number): Float32Array;
}

/** Loads a network. */
export async function loadedStage(
  { bytes, card }: DetectorStage,
  backend: InferenceBackend,
): Promise<LoadedStage> {
  return { network: await backend.load(bytes), card };
}

/** The networks that judge boxes, on one thread, which they block while they run. */
export class Judges {
  constructor(private readonly networks: Readonly<Record<JudgingStage, LoadedStage>>) {}

  /** Loads both. */
  static async load(
    { refine, output }: Readonly<Record<JudgingStage, DetectorStage>>,
    backend: InferenceBackend,
  ): Promise<Judges> {
    const [second, third] = await allEnded([loadedStage(refine, backend), loadedStage(output, backend)]);
    return new Judges({ refine: second as LoadedStage, output: third as LoadedStage });
  }

  /** What a later network says of squares of the frame. @returns `judgementNumbers(stage)` for each */
  async judge(source: SquareSource, stage: JudgingStage, squares: readonly Square[]): Promise<Float32Array> {
    const { network, card } = this.networks[stage];
    const { sizePx, batchMax, numbers } = JUDGING[stage];
    const result = new Float32Array(numbers * squares.length);
    for (let start = 0; start < squares.length; start += batchMax) {
      const batch = squares.slice(start, start + batchMax);
      const data = source.squares(batch, sizePx);
      const judgement = result.subarray(numbers * start, numbers * (start + batch.length));
      await network.run(
        { [card.input]: { type: 'float32', data, shape: [batch.length, 3, sizePx, sizePx] } },
        { [card.outputs.judgement]: { data: judgement, shape: [batch.length, numbers] } },
      );
    }
    return result;
  }

  /** Frees the networks' memory. */
  async release(): Promise<void> {
    await Promise.all(Object.values(this.networks).map(({ network }) => network.release()));
  }
}
