import type { Box } from '../detect/face';
import type { Frame } from '../image/frame';
import { PlainRgb } from '../image/pixels';
import {
  outputOf,
  type FloatTensor,
  type InferenceBackend,
  type Network,
} from '../runtime/inference-backend';
import { regionOf, type Region } from './region';
import { REGION_END, regionGraph, type RegionPixels } from './region-graph';

/** What a network that looks at the surroundings of a box wants; a field of its card each. */
export interface RegionInput {
  /** Name of the input, `[1, channels, sizePx, sizePx]`. */
  readonly input: string;
  /** Side of the input, in pixels. */
  readonly sizePx: number;
  /** How many times the face's box the network sees. */
  readonly boxScale: number;
  readonly pixels: RegionPixels;
}

/** What a network with one output wants, and where it answers. */
export interface RegionCard extends RegionInput {
  readonly output: string;
}

/** A network that looks at a face and so much around it as its card says. Runs on the calling thread. */
export class RegionNetwork {
  readonly #plain = new PlainRgb();

  private constructor(
    private readonly card: RegionInput,
    private readonly regions: Network,
    private readonly network: Network,
  ) {}

  /** Loads the network. @param bytes its ONNX file */
  static async load(bytes: Uint8Array, card: RegionInput, backend: InferenceBackend): Promise<RegionNetwork> {
    const regions = await backend.load(regionGraph(card.sizePx, card.pixels));
    return new RegionNetwork(card, regions, await backend.load(bytes));
  }

  /** Runs the network on one face. @returns its outputs by name @throws {FaceCoreError} `frame/invalid`, `box/invalid` */
  async run(frame: Frame, box: Box): Promise<{ outputs: ReadonlyMap<string, FloatTensor>; region: Region }> {
    const { data } = this.#plain.of(frame);
    const region = regionOf(frame, box, this.card.boxScale);
    const { left, top, width, height } = region;
    const feeds = {
      [REGION_END.frame]: { type: 'uint8', data, shape: [frame.height, frame.width, 3] },
      [REGION_END.start]: { type: 'int64', data: BigInt64Array.of(BigInt(top), BigInt(left)), shape: [2] },
      [REGION_END.end]: {
        type: 'int64',
        data: BigInt64Array.of(BigInt(top + height), BigInt(left + width)),
        shape: [2],
      },
    } as const;
    const planes = outputOf(await this.regions.run(feeds), REGION_END.planes);
    const outputs = await this.network.run({ [this.card.input]: { type: 'float32', ...planes } });
    return { outputs, region };
  }

  /** Frees the memory of both networks. */
  async release(): Promise<void> {
    await Promise.all([this.regions.release(), this.network.release()]);
  }
}
