import type { Pixels, Square } from '../image/pixels';
import { allEnded } from '../runtime/all-ended';
import type { InferenceBackend } from '../runtime/inference-backend';
import type { Canvas } from './canvases';
import { collectProposals } from './cells';
import { Judges, loadedStage, type DetectorStage, type JudgingStage, type LoadedStage } from './judges';
import { cellsAlong, STRIDE_PX } from './pyramid';

/** The networks of a cascade, or what is kept for each. */
export interface MtcnnNetworks<T = DetectorStage> {
  readonly propose: T;
  readonly refine: T;
  readonly output: T;
}

/** The networks of a cascade on one thread, which they block while they run. */
export class MtcnnStages {
  /** Receives what the first network says of a canvas; used again while canvases are no larger. */
  #judgement = new Float32Array(0);

  private constructor(
    private readonly proposing: LoadedStage,
    private readonly judges: Judges,
  ) {}

  /** Loads the three networks. */
  static async load(networks: MtcnnNetworks, backend: InferenceBackend): Promise<MtcnnStages> {
    const proposing = loadedStage(networks.propose, backend);
    const judges = Judges.load(networks, backend);
    await allEnded<unknown>([proposing, judges]);
    return new MtcnnStages(await proposing, await judges);
  }

  /** What the first network takes for faces on these canvases. @returns 10 numbers each, see `collectProposals` */
  async propose(pixels: Pixels, canvases: readonly Canvas[], logitMin: number): Promise<number[]> {
    const { network, card } = this.proposing;
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

  /** See `Judges.judge`. */
  judge(pixels: Pixels, stage: JudgingStage, squares: readonly Square[]): Promise<Float32Array> {
    return this.judges.judge(pixels, stage, squares);
  }

  /** Frees the networks' memory. */
  async release(): Promise<void> {
    await Promise.all([this.proposing.network.release(), this.judges.release()]);
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
