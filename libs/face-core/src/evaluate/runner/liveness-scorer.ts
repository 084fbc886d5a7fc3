import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { z } from 'zod';

import type { Box } from '../../detect/face';
import { FaceCoreError } from '../../errors';
import type { Frame } from '../../image/frame';
import { LivenessModel } from '../../liveness/liveness-model';
import { OnnxRuntimeBackend } from '../../runtime/onnxruntime-backend';
import { readInput } from '../readers/input-file';

/** Tells how live a face looks. */
export interface LivenessScorer {
  readonly modelId: string;
  /** 0 to 1, higher is likelier live. */
  score(frame: Frame, box: Box): Promise<number>;
  close(): Promise<void>;
}

/** Where a liveness network and its card lie. */
export interface LivenessFiles {
  /** Its ONNX file. */
  readonly modelPath: string;
  /** JSON: `{input, output, sizePx, boxScale, liveClass, pixels: {channelOrder, mean, scale}}`. */
  readonly cardPath: string;
}

const cardSchema = z.object({
  input: z.string(),
  output: z.string(),
  sizePx: z.int().positive(),
  boxScale: z.number().positive(),
  liveClass: z.int().min(0),
  pixels: z.object({
    channelOrder: z.enum(['rgb', 'bgr', 'grey']),
    mean: z.number(),
    scale: z.number().positive(),
  }),
});

/**
 * Loads a liveness network from its files.
 *
 * @throws {FaceCoreError} `evaluate/unreadable-input`, `evaluate/bad-card`
 */
export async function openLivenessScorer({ modelPath, cardPath }: LivenessFiles): Promise<LivenessScorer> {
  const bytes = await readInput(modelPath);
  const card = cardOf(cardPath, await readInput(cardPath));
  const model = await LivenessModel.load(bytes, card, new OnnxRuntimeBackend());
  const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 12);
  return {
    modelId: `${basename(modelPath, '.onnx')}@${hash}`,
    score: async (frame, box) => (await model.score(frame, [box]))[0] as number,
    close: () => model.release(),
  };
}

function cardOf(path: string, bytes: Uint8Array): z.infer<typeof cardSchema> {
  try {
    return cardSchema.parse(JSON.parse(new TextDecoder().decode(bytes)));
  } catch (cause) {
    const reason = cause instanceof z.ZodError ? z.prettifyError(cause) : String(cause);
    throw new FaceCoreError('evaluate/bad-card', `${path} is no liveness card: ${reason}`, { cause });
  }
}
