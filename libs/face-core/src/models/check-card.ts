import { ALIGNED_PX } from '../align/similarity-transform';
import { FaceCoreError } from '../errors';
import { describeNetwork, OnnxRuntimeBackend, type NetworkEnd } from '../runtime/onnxruntime-backend';
import type { SiteCard } from './card';

/** What a card says that a network takes and gives. */
export interface ExpectedEnds {
  readonly input: string;
  /** Sizes of one input, without its batch: channels, height, width. */
  readonly shape: readonly [channels: number, height: number, width: number];
  /** How many numbers each output gives for one face. */
  readonly outputs: ReadonlyMap<string, number>;
}

const LANDMARK_VALUES = 68 * 2;

/** What a card says of its network's ends. */
export function expectedEnds(card: SiteCard): ExpectedEnds {
  const { input } = card;
  switch (card.kind) {
    case 'embedder': {
      const outputs = new Map([[card.outputs.embedding, card.dimension]]);
      const { sizePx = ALIGNED_PX } = card;
      return { input, shape: [3, sizePx, sizePx], outputs };
    }
    case 'liveness':
      return { input, shape: regionShape(card), outputs: new Map([[card.output, card.classes]]) };
    case 'landmarks-68':
      return { input, shape: regionShape(card), outputs: new Map([[card.output, LANDMARK_VALUES]]) };
    case 'pose': {
      const { yaw, pitch, roll } = card.outputs;
      const values = card.bins?.count ?? 1;
      return { input, shape: regionShape(card), outputs: new Map([yaw, pitch, roll].map((name) => [name, values])) }; // prettier-ignore
    }
  }
}

function regionShape(card: Exclude<SiteCard, { kind: 'embedder' }>): ExpectedEnds['shape'] {
  return [card.pixels.channelOrder === 'grey' ? 1 : 3, card.sizePx, card.sizePx];
}

/**
 * Lets a network pass whose ends are what its card says: by what the file declares, then by running it once.
 *
 * @param bytes its ONNX file
 * @returns whether the file declares that it takes one face at a time
 * @throws {FaceCoreError} `models/unreadable` when it is no ONNX file that can be loaded and run, `models/card-mismatch`
 *   that names all that the card says and the file has otherwise
 */
export async function checkCard(bytes: Uint8Array, expected: ExpectedEnds): Promise<{ oneAtATime: boolean }> {
  const { inputs, outputs } = await describeNetwork(bytes).catch((cause: unknown) => {
    throw unreadable('cannot be loaded as an ONNX network', cause);
  });
  refuse([...inputProblems(inputs, expected), ...outputProblems(outputs, expected)]);
  refuse(await runProblems(bytes, expected));
  return { oneAtATime: inputs[0]?.shape[0] === 1 };
}

function inputProblems(inputs: readonly NetworkEnd[], { input, shape }: ExpectedEnds): string[] {
  const found = inputs.find(({ name }) => name === input);
  if (!found) return [`input: the card says ${input}, the file has ${namesOf(inputs)}`];
  const others = inputs.filter((other) => other !== found);
  const problems = others.map(({ name }) => `input: the card says ${input} alone, the file also has ${name}`);
  const [batch, ...sizes] = found.shape;
  const fits = shape.every((size, index) => isOpen(sizes[index]) || sizes[index] === size);
  const batchFits = isOpen(batch) || batch === 1;
  if (found.type !== 'float32' || found.shape.length !== 4 || !fits || !batchFits) {
    problems.push(
      `input ${input}: the card says float32 [1 or open, ${shape.join(', ')}], the file has ${typeOf(found)}`,
    );
  }
  return problems;
}

function outputProblems(outputs: readonly NetworkEnd[], expected: ExpectedEnds): string[] {
  const missing = [...expected.outputs.keys()].filter((name) => !outputs.some((end) => end.name === name));
  const otherTypes = outputs.filter(({ type }) => type !== 'float32');
  return [
    ...missing.map((name) => `output: the card says ${name}, the file has ${namesOf(outputs)}`),
    ...otherTypes.map((end) => `output ${end.name}: must be float32, the file has ${typeOf(end)}`),
  ];
}

/** Declared shapes of outputs are often wrong, so that what comes is counted. */
async function runProblems(bytes: Uint8Array, { input, shape, outputs }: ExpectedEnds): Promise<string[]> {
  const network = await new OnnxRuntimeBackend().load(bytes);
  try {
    const data = new Float32Array(shape[0] * shape[1] * shape[2]).fill(0.5);
    const results = await network.run({ [input]: { type: 'float32', data, shape: [1, ...shape] } });
    return [...outputs].flatMap(([name, count]) => {
      const got = results.get(name)?.data.length;
      return got === count
        ? []
        : [`output ${name}: the card says ${count} numbers a face, the file gives ${got}`];
    });
  } catch (cause) {
    throw unreadable('cannot be run on one face', cause);
  } finally {
    await network.release();
  }
}

function isOpen(size: number | string | undefined): boolean {
  return typeof size === 'string' || (typeof size === 'number' && size <= 0);
}

function namesOf(ends: readonly NetworkEnd[]): string {
  return ends.map(({ name }) => name).join(', ') || 'none';
}

function typeOf({ type, shape }: NetworkEnd): string {
  return `${type} [${shape.map((size) => (isOpen(size) ? 'open' : size)).join(', ')}]`;
}

function refuse(problems: readonly string[]): void {
  if (problems.length === 0) return;
  throw new FaceCoreError(
    'models/card-mismatch',
    `The card and the file disagree. Correct the card, or choose another file.\n  ${problems.join('\n  ')}`,
  );
}

function unreadable(what: string, cause: unknown): FaceCoreError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new FaceCoreError('models/unreadable', `The file ${what}: ${reason}`, { cause });
}
