import { ALIGNED_PX } from '../align/similarity-transform';
import { FaceCoreError } from '../errors';
import type { LockedEmbedder } from '../models/lock';
import { Network, outputOf, type NetworkOptions } from '../runtime/network';
import { normalized } from './embedding';
import { PIXELS_END, pixelsGraph } from './pixels-graph';

const CROP_BYTES = ALIGNED_PX * ALIGNED_PX * 3;
const BATCH_MAX = 16;

/** Turns aligned faces into embeddings, in batches. */
export class Embedder {
  private constructor(
    readonly card: LockedEmbedder,
    private readonly pixels: Network,
    private readonly network: Network,
  ) {}

  /** Loads an embedder. @param bytes its ONNX file */
  static async load(bytes: Uint8Array, card: LockedEmbedder, options: NetworkOptions): Promise<Embedder> {
    const pixels = await Network.load(pixelsGraph(card.pixels), options);
    return new Embedder(card, pixels, await Network.load(bytes, options));
  }

  /**
   * Makes one L2-normalised embedding for each crop.
   *
   * @param crops RGB HWC uint8, 112 x 112 x 3 each
   * @throws {FaceCoreError} `crop/invalid` when one has another length
   */
  async embed(crops: readonly Uint8Array[]): Promise<Float32Array[]> {
    const wrong = crops.find((crop) => crop.length !== CROP_BYTES);
    if (wrong) {
      throw new FaceCoreError(
        'crop/invalid',
        `An aligned face has ${CROP_BYTES} bytes (${ALIGNED_PX} x ${ALIGNED_PX} RGB), not ${wrong.length}.`,
      );
    }
    const embeddings: Float32Array[] = [];
    for (let start = 0; start < crops.length; start += BATCH_MAX) {
      embeddings.push(...(await this.#batch(crops.slice(start, start + BATCH_MAX))));
    }
    return embeddings;
  }

  async release(): Promise<void> {
    await Promise.all([this.pixels.release(), this.network.release()]);
  }

  async #batch(crops: readonly Uint8Array[]): Promise<Float32Array[]> {
    const { card } = this;
    const data = new Uint8Array(crops.length * CROP_BYTES);
    for (const [index, crop] of crops.entries()) data.set(crop, index * CROP_BYTES);
    const shape = [crops.length, ALIGNED_PX, ALIGNED_PX, 3];
    const planes = outputOf(
      await this.pixels.run({ [PIXELS_END.crops]: { type: 'uint8', data, shape } }),
      PIXELS_END.planes,
    );
    const results = await this.network.run({ [card.input]: { type: 'float32', ...planes } });
    const { data: values } = outputOf(results, card.outputs.embedding);
    return crops.map((_, index) =>
      normalized(values.subarray(index * card.dimension, (index + 1) * card.dimension)),
    );
  }
}
