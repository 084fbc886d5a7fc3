import type { Box } from '../../detect/face';
import type { Frame } from '../../image/frame';
import { LivenessModel } from '../../liveness/liveness-model';
import { readModel } from '../../models/read-model';
import { OnnxRuntimeBackend } from '../../runtime/onnxruntime-backend';

/** Tells how live a face looks. */
export interface LivenessScorer {
  readonly modelId: string;
  /** 0 to 1, higher is likelier live. */
  score(frame: Frame, box: Box): Promise<number>;
  close(): Promise<void>;
}

/**
 * Loads a liveness network, the product's or a site's own.
 *
 * @throws {FaceCoreError} `models/unknown`, which says what exists; `models/missing`, `models/corrupt`
 */
export async function openLivenessScorer(modelId: string): Promise<LivenessScorer> {
  const { card, bytes } = await readModel('liveness', modelId);
  const model = await LivenessModel.load(bytes, card, new OnnxRuntimeBackend());
  return {
    modelId,
    score: async (frame, box) => (await model.score(frame, [box]))[0] as number,
    close: () => model.release(),
  };
}
