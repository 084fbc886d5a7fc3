import { ALIGNED_PX } from '../align/similarity-transform';
import { FaceCoreError } from '../errors';
import { Pixels } from '../image/pixels';
import type { EmbedderCard } from '../models/card';
import { outputOf, type InferenceBackend, type Network } from '../runtime/inference-backend';
import { lengthOf, normalized } from './embedding';
import { FasterWay } from './faster-way';

/** What an embedder makes of one face. */
export interface Embedded {
  /** L2-normalised. A secret: never log it, never store it in the clear. */
  readonly embedding: Float32Array;
  /** Length before it was scaled to 1: short embeddings are of faces that the network could make little of. */
  readonly length: number;
}

/** How an embedder runs. */
export interface EmbedderOptions {
  readonly backend: InferenceBackend;
  /** Runs one face on more threads, where that turns out to be faster. */
  readonly wide?: InferenceBackend;
  /** Add what the network makes of the mirrored face, at twice the time. */
  readonly flip?: boolean;
}

const CROP_BYTES = ALIGNED_PX * ALIGNED_PX * 3;
const BATCH_MAX = 16;

/** Turns aligned faces into embeddings, in batches, on the calling thread, which it blocks while the network runs. */
export class Embedder {
  /** For networks that want faces of another size. */
  readonly #scaler = new Pixels();
  readonly #faster = new FasterWay();

  private constructor(
    readonly card: EmbedderCard,
    private readonly network: Network,
    private readonly flip: boolean,
    private readonly wide?: Network,
  ) {}

  /** Loads an embedder. @param bytes its ONNX file */
  static async load(bytes: Uint8Array, card: EmbedderCard, options: EmbedderOptions): Promise<Embedder> {
    return new Embedder(
      card,
      await options.backend.load(bytes),
      options.flip ?? false,
      await options.wide?.load(bytes),
    );
  }

  /**
   * Makes one embedding for each crop.
   *
   * @param crops RGB HWC uint8, 112 x 112 x 3 each
   * @throws {FaceCoreError} `crop/invalid` when one has another length, `embedding/invalid` when the network gives what
   *   is no direction
   */
  async embed(pixels: Pixels, crops: readonly Uint8Array[]): Promise<Embedded[]> {
    assertCrops(crops);
    const embedded: Embedded[] = [];
    for (let start = 0; start < crops.length; start += BATCH_MAX) {
      embedded.push(...(await this.#batch(pixels, crops.slice(start, start + BATCH_MAX))));
    }
    return embedded;
  }

  /** Frees the network's memory. */
  async release(): Promise<void> {
    await Promise.all([this.network.release(), this.wide?.release()]);
  }

  async #batch(pixels: Pixels, crops: readonly Uint8Array[]): Promise<Embedded[]> {
    const { dimension } = this.card;
    const sized = this.#sizePx === ALIGNED_PX ? crops : crops.map((crop) => this.#scaled(crop));
    const planes = pixels.planes(sized, this.card.pixels);
    const straight = await this.#run(planes, crops.length);
    // The planes are still there: nothing else has used the memory.
    const mirrored = this.flip ? await this.#run(mirror(planes, this.#sizePx), crops.length) : undefined;
    return crops.map((_, index) => {
      const rowOf = (values: Float32Array) => values.subarray(index * dimension, (index + 1) * dimension);
      const row = rowOf(straight);
      if (!mirrored) return { embedding: normalized(row), length: lengthOf(row) };
      const other = rowOf(mirrored);
      const both = normalized(row).map((value, at) => value + (other[at] as number) / lengthOf(other));
      return { embedding: normalized(both), length: (lengthOf(row) + lengthOf(other)) / 2 };
    });
  }

  get #sizePx(): number {
    return this.card.sizePx ?? ALIGNED_PX;
  }

  /** The crop at the network's size; landmarks keep their places in it. */
  #scaled(crop: Uint8Array): Uint8Array {
    const step = ALIGNED_PX / this.#sizePx;
    const start = step / 2 - 0.5;
    this.#scaler.load({ data: crop, width: ALIGNED_PX, height: ALIGNED_PX });
    return this.#scaler.warp({ xu: step, xv: 0, x0: start, yu: 0, yv: step, y0: start }, this.#sizePx);
  }

  async #run(data: Float32Array, count: number): Promise<Float32Array> {
    const { card } = this;
    const shape = [count, 3, this.#sizePx, this.#sizePx];
    const feeds = { [card.input]: { type: 'float32', data, shape } } as const;
    const { wide, network } = this;
    const results =
      wide && count === 1
        ? await this.#faster.run([() => network.run(feeds), () => wide.run(feeds)])
        : await network.run(feeds);
    return outputOf(results, card.outputs.embedding).data;
  }
}

/** Lets only crops pass that have the size of an aligned face. @throws {FaceCoreError} `crop/invalid` */
export function assertCrops(crops: readonly Uint8Array[]): void {
  const isWrong = (crop: unknown) => !(crop instanceof Uint8Array) || crop.length !== CROP_BYTES;
  if (!crops.some(isWrong)) return;
  const wrong: unknown = crops.find(isWrong);
  const got = wrong instanceof Uint8Array ? `${wrong.length}` : 'no Uint8Array';
  throw new FaceCoreError(
    'crop/invalid',
    `An aligned face has ${CROP_BYTES} bytes (${ALIGNED_PX} x ${ALIGNED_PX} RGB), not ${got}.`,
  );
}

/** Reverses every row in place. */
function mirror(planes: Float32Array, rowLength: number): Float32Array {
  for (let row = 0; row < planes.length; row += rowLength) planes.subarray(row, row + rowLength).reverse();
  return planes;
}
