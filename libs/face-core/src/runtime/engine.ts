import { align } from '../align/align';
import { Mtcnn, type DetectOptions, type DetectorStage } from '../detect/mtcnn';
import type { AnalyzedFace, DetectedFace } from '../detect/face';
import { Embedder } from '../embed/embedder';
import { FaceCoreError } from '../errors';
import type { Frame } from '../image/frame';
import { readVerified } from '../models/files';
import { readLock, selectEntries, type LockedEmbedder, type ModelsLock } from '../models/lock';
import { networkFile } from '../models/store';

/** What an engine runs. */
export interface EngineOptions {
  modelsDirectory: string;
  embedderId: string;
  /** Threads of one inference. */
  threads: number;
}

/** Detection and embedding on the calling thread, which it blocks while a network runs. */
export class Engine {
  private constructor(
    private readonly detector: Mtcnn,
    private readonly embedder: Embedder,
  ) {}

  /**
   * Loads models from exactly the bytes that were verified.
   *
   * @throws {FaceCoreError} `models/unknown`, `models/missing`, `models/corrupt`
   */
  static async open(options: EngineOptions): Promise<Engine> {
    const lock = readLock();
    const card = embedderCard(lock, options.embedderId);
    const read = (entry: DetectorStage['card'] | LockedEmbedder) =>
      readVerified(networkFile(entry, { directory: options.modelsDirectory }));
    const stage = async (id: string): Promise<DetectorStage> => {
      const entry = selectEntries(lock, [id])[0];
      if (entry?.kind !== 'detector') throw new FaceCoreError('models/bad-lock', `${id} is no detector.`);
      return { card: entry, bytes: await read(entry) };
    };
    const [propose, refine, output, embedder] = await Promise.all([
      stage('mtcnn-pnet'),
      stage('mtcnn-rnet'),
      stage('mtcnn-onet'),
      read(card),
    ]);
    const detector = await Mtcnn.load({ propose, refine, output }, options);
    return new Engine(detector, await Embedder.load(embedder, card, options));
  }

  /** What the lock says of the embedder. */
  get card(): LockedEmbedder {
    return this.embedder.card;
  }

  /** Finds faces, largest first. @throws {FaceCoreError} `frame/invalid` */
  detect(frame: Frame, options: DetectOptions): Promise<DetectedFace[]> {
    return this.detector.detect(frame, options);
  }

  /** Makes one L2-normalised embedding for each crop. @throws {FaceCoreError} `crop/invalid` */
  embed(crops: readonly Uint8Array[]): Promise<Float32Array[]> {
    return this.embedder.embed(crops);
  }

  /** Detects, aligns and embeds, largest face first. @throws {FaceCoreError} `frame/invalid` */
  async analyze(frame: Frame, options: DetectOptions): Promise<AnalyzedFace[]> {
    const faces = await this.detect(frame, options);
    const alignable = faces.flatMap((face) => {
      const crop = cropOf(frame, face);
      return crop ? [{ face, crop }] : [];
    });
    const embeddings = await this.embed(alignable.map(({ crop }) => crop));
    return alignable.map(({ face }, index) => ({ ...face, embedding: embeddings[index] as Float32Array }));
  }

  async close(): Promise<void> {
    await this.detector.release();
    await this.embedder.release();
  }
}

/** What is no face after all must not fail the frame's other faces. */
function cropOf(frame: Frame, face: DetectedFace): Uint8Array | undefined {
  try {
    return align(frame, face.landmarks);
  } catch (error) {
    if (error instanceof FaceCoreError && error.code === 'landmarks/degenerate') return undefined;
    throw error;
  }
}

function embedderCard(lock: ModelsLock, id: string): LockedEmbedder {
  const embedders = lock.entries.filter((entry) => entry.kind === 'embedder');
  const found = embedders.find((entry) => entry.id === id);
  if (found) return found;
  throw new FaceCoreError(
    'models/unknown',
    `There is no embedder ${id}. There are: ${embedders.map((entry) => entry.id).join(', ')}.`,
  );
}
