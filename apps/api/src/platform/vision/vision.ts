import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import {
  decodeImage,
  encodeJpeg,
  FaceCoreError,
  FacePipeline,
  type Box,
  type Frame,
  type MeasuredFace,
} from '@munjigi/face-core';
import { PinoLogger } from 'nestjs-pino';
import { AppError } from '../errors/app-error';
import { knownModel } from './known-model';
import { TaskQueue } from './task-queue';

/** Which models the server enrols with. */
export interface VisionOptions {
  readonly modelsDirectory?: string;
  readonly modelId: string;
}

/** A picture and the faces on it, largest first. */
export interface AnalyzedPicture {
  readonly frame: Frame;
  readonly faces: readonly MeasuredFace[];
}

/** How many pictures may wait; each holds its bytes. */
const WAITING_MAX = 16;
/** A decoded picture of this size takes 120 MB. */
const PIXELS_MAX = 40_000_000;
/** Faces are looked for down to this size, so that a smaller one can be named as the reason of a refusal. */
const FACE_SIZE_MIN_PX = 24;

/** The server's eyes: one face pipeline, opened when it is first needed, which looks at one picture at a time. */
@Injectable()
export class Vision implements OnApplicationBootstrap, OnApplicationShutdown {
  private opening?: Promise<FacePipeline>;
  private readonly queue = new TaskQueue(WAITING_MAX);

  constructor(
    private readonly options: VisionOptions,
    private readonly logger: PinoLogger,
  ) {}

  /** The model that templates are made with. */
  get modelId(): string {
    return this.options.modelId;
  }

  /** Opens the pipeline ahead of the first picture; without models the server runs, and enrolment says why not. */
  onApplicationBootstrap(): void {
    this.pipeline().catch((error: unknown) => {
      this.logger.warn({ err: error }, 'face recognition is not available');
    });
  }

  async onApplicationShutdown(): Promise<void> {
    const pipeline = await this.opening?.catch(() => undefined);
    await pipeline?.close();
  }

  /** Whether pictures can be looked at now. */
  isAvailable(): Promise<boolean> {
    return this.pipeline().then(
      () => true,
      () => false,
    );
  }

  /**
   * Finds the faces on an encoded picture.
   *
   * @throws {FaceCoreError} `image/…` when the picture cannot be taken.
   * @throws {AppError} `vision/unavailable` without models, `vision/busy` when too many pictures wait.
   */
  analyze(bytes: Uint8Array): Promise<AnalyzedPicture> {
    return this.queue.run(async () => {
      const frame = await decodeImage(bytes, { pixelsMax: PIXELS_MAX });
      const pipeline = await this.pipeline();
      return {
        frame,
        faces: await pipeline.analyze(frame, {
          faceSizeMinPx: FACE_SIZE_MIN_PX,
          quality: true,
        }),
      };
    });
  }

  /** A JPEG of one face with some room around it, at most 256 pixels wide. */
  portrait(frame: Frame, face: Box): Promise<Uint8Array> {
    const side = Math.max(face.width, face.height) * 1.7;
    const crop = {
      x: face.x + face.width / 2 - side / 2,
      y: face.y + face.height / 2 - side / 2,
      width: side,
      height: side,
    };
    return encodeJpeg(frame, { crop, widthMax: 256, quality: 85 });
  }

  /** A JPEG of one face with enough room to find it again, for another model to look at; at most 400 pixels wide. */
  crop(frame: Frame, face: Box): Promise<Uint8Array> {
    const side = Math.max(face.width, face.height) * 2;
    const crop = {
      x: face.x + face.width / 2 - side / 2,
      y: face.y + face.height / 2 - side / 2,
      width: side,
      height: side,
    };
    return encodeJpeg(frame, { crop, widthMax: 400, quality: 95 });
  }

  /** @throws {AppError} `models/unknown` when neither this release nor the site has such a model */
  async assertKnown(modelId: string): Promise<void> {
    await knownModel({ ...this.options, modelId }).catch((cause: unknown) => {
      throw new AppError('not-found', 'models/unknown', 'There is no such model.', {
        detail: (cause as Error).message,
        cause,
      });
    });
  }

  /** A pipeline of another model, which the caller closes. @throws {AppError} `vision/unavailable` */
  async openModel(modelId: string): Promise<FacePipeline> {
    const { modelsDirectory } = this.options;
    return FacePipeline.open({ modelsDirectory, embedderId: modelId }).catch((cause: unknown) => {
      throw unavailable(cause);
    });
  }

  private async pipeline(): Promise<FacePipeline> {
    this.opening ??= FacePipeline.open({
      modelsDirectory: this.options.modelsDirectory,
      embedderId: this.options.modelId,
    });
    try {
      return await this.opening;
    } catch (cause) {
      // The models may be installed while the server runs.
      this.opening = undefined;
      throw unavailable(cause);
    }
  }
}

function unavailable(cause: unknown): AppError {
  return new AppError('unavailable', 'vision/unavailable', 'Faces cannot be recognised on this server now.', {
    detail: cause instanceof FaceCoreError ? cause.message : undefined,
    cause,
  });
}
