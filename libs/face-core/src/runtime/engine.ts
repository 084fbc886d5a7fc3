import type { Detector, DetectOptions } from '../detect/detector';
import type { AnalyzedFace, AnalyzeOptions } from '../analyzed-face';
import type { Box, DetectedFace } from '../detect/face';
import type { JudgingStage } from '../detect/judges';
import { Mtcnn } from '../detect/mtcnn';
import { assertCrops, type Embedded } from '../embed/embedder';
import type { EmbedderCard } from '../models/card';
import { readDetectorStage } from '../models/read-detector';
import { readModel } from '../models/read-model';
import { Crew } from './crew';
import type { BackendOptions } from './inference-backend';
import type { DescribedFace } from './described-face';
import type { SharedFrame } from './shared-frame';

/** What an engine runs. */
export interface EngineOptions {
  modelsDirectory: string;
  embedderId: string;
  livenessId?: string;
  expressionId?: string;
  poseId?: string;
  /** Add what the embedder makes of the mirrored face. */
  flip: boolean;
  /** Threads that share the work of a frame. */
  threads: number;
  backend: BackendOptions;
}

/** Detection and embedding, the calling thread's part of which blocks it while a network runs. */
export class Engine {
  private constructor(
    private readonly crew: Crew,
    private readonly detector: Detector,
    /** What the lock, or the site, says of the embedder. */
    readonly card: EmbedderCard,
  ) {}

  /**
   * Loads models from exactly the bytes that were verified.
   *
   * @throws {FaceCoreError} `models/unknown`, `models/missing`, `models/corrupt`
   */
  static async open(options: EngineOptions): Promise<Engine> {
    const store = { directory: options.modelsDirectory };
    const stage = (name: JudgingStage | 'propose') => readDetectorStage(name, store);
    const [propose, refine, output, embedder] = await Promise.all([
      stage('propose'),
      stage('refine'),
      stage('output'),
      readModel('embedder', options.embedderId, store),
    ]);
    const { livenessId, expressionId, poseId } = options;
    const models = {
      detector: { propose, refine, output },
      liveness: livenessId ? await readModel('liveness', livenessId, store) : undefined,
      expression: expressionId ? await readModel('landmarks-68', expressionId, store) : undefined,
      pose: poseId ? await readModel('pose', poseId, store) : undefined,
      embedder,
      flip: options.flip,
      backend: options.backend,
    };
    const crew = await Crew.open(models, options.threads);
    const scoreMin = {
      propose: propose.card.scoreMin,
      refine: refine.card.scoreMin,
      output: output.card.scoreMin,
    };
    return new Engine(crew, new Mtcnn(crew, scoreMin), embedder.card);
  }

  /** See `Detector.detect`. */
  detect(frame: SharedFrame, options: DetectOptions): Promise<DetectedFace[]> {
    return this.detector.detect(frame, options);
  }

  /** See `Detector.refine`. */
  refine(
    frame: SharedFrame,
    boxes: readonly Box[],
    options: DetectOptions,
  ): Promise<(DetectedFace | undefined)[]> {
    return this.detector.refine(frame, boxes, options);
  }

  /** Makes one embedding for each crop. @throws {FaceCoreError} `crop/invalid` */
  async embed(crops: readonly Uint8Array[]): Promise<Embedded[]> {
    assertCrops(crops);
    const answers = await this.crew.run(
      'embed',
      dealt(crops, this.crew.count).map((share) => ({ crops: share })),
    );
    return answers.flat();
  }

  /** Aligns, embeds and measures faces; undefined for landmarks that no face can have. */
  async describe(
    frame: SharedFrame,
    faces: readonly DetectedFace[],
    quality: boolean,
  ): Promise<(DescribedFace | undefined)[]> {
    const shares = dealt(faces, this.crew.count);
    const answers = await this.crew.run(
      'describe',
      shares.map((share) => ({ frame, faces: share, quality })),
    );
    return answers.flat();
  }

  /** How likely each face is a live person. @throws {FaceCoreError} `pipeline/not-loaded` */
  async liveness(frame: SharedFrame, boxes: readonly Box[]): Promise<(number | undefined)[]> {
    const shares = dealt(boxes, this.crew.count);
    const answers = await this.crew.run(
      'liveness',
      shares.map((share) => ({ frame, boxes: share })),
    );
    return answers.flat();
  }

  /** Detects, aligns, embeds and says what else is asked of each face, largest face first. */
  async analyze(frame: SharedFrame, options: AnalyzeOptions): Promise<AnalyzedFace[]> {
    const { quality = false, liveness = false } = options;
    const faces = await this.detect(frame, options);
    const described = await this.describe(frame, faces, quality);
    const scores = liveness ? await this.liveness(frame, faces.map(({ box }) => box)) : []; // prettier-ignore
    return faces.flatMap((face, index) => {
      const { embedding, quality: measured } = described[index] ?? {};
      if (!embedding) return [];
      const score = scores[index];
      return [
        {
          ...{ ...face, embedding },
          ...(measured && { quality: measured }),
          ...(score !== undefined && { liveness: score }),
        },
      ];
    });
  }

  /** Frees the models and ends the threads. */
  close(): Promise<void> {
    return this.crew.close();
  }
}

/** Equal parts, in order, for as many lanes as there is work for. */
function dealt<T>(items: readonly T[], lanes: number): T[][] {
  const parts = Math.min(lanes, items.length);
  return Array.from({ length: parts }, (_, part) =>
    items.slice(Math.round((part * items.length) / parts), Math.round(((part + 1) * items.length) / parts)),
  );
}
