import { Injectable } from '@nestjs/common';
import type {
  EnrolmentRefusal,
  EnrolmentSettings,
  FaceQualityReport,
  QualityReason,
  enrolledFaceSchema,
  enrolmentLookSchema,
} from '@munjigi/contracts';
import type { MeasuredFace } from '@munjigi/face-core';
import type { z } from 'zod';
import { AppError } from '../../platform/errors/app-error';
import { Vision } from '../../platform/vision/vision';
import { chooseFace, type FACE_SIZE_MIN_PX } from './choose-face';
import { refusalOf } from './enrolment-errors';
import { judgeQuality, qualityReport } from './judge-quality';

/** A face that is good enough for a template. */
export interface EnrollableFace {
  /** L2-normalised, as the model made it. */
  readonly embedding: Float32Array;
  readonly quality: FaceQualityReport;
  /** What would make it better. */
  readonly warnings: readonly QualityReason[];
  readonly portraitJpeg: Uint8Array;
  /** With room around the face, for another model to look at. */
  readonly cropJpeg: Uint8Array;
  /** Where it is on the picture. */
  readonly place: z.input<typeof enrolledFaceSchema>;
}

/** Finds on pictures the faces that templates are made of. */
@Injectable()
export class FaceFinder {
  constructor(private readonly vision: Vision) {}

  /** The one face that a picture shows. @throws {AppError} `enrolment/…` that says why not */
  async find(
    picture: Uint8Array,
    origin: keyof typeof FACE_SIZE_MIN_PX,
    settings: EnrolmentSettings,
  ): Promise<EnrollableFace> {
    try {
      const analyzed = await this.vision.analyze(picture);
      const { width: imageWidth, height: imageHeight } = analyzed.frame;
      const face = chooseFace(analyzed, origin);
      const warnings = acceptable(face, settings);
      return {
        embedding: face.embedding,
        quality: qualityReport(face.quality),
        warnings,
        portraitJpeg: await this.vision.portrait(analyzed.frame, face.box),
        cropJpeg: await this.vision.crop(analyzed.frame, face.box),
        place: { box: face.box, landmarks: [...face.landmarks], score: face.score, imageWidth, imageHeight },
      };
    } catch (error) {
      throw refusalOf(error);
    }
  }

  /** What is to be seen on a picture, and whether {@link find} would take it. @throws {AppError} when it cannot be read */
  async look(
    picture: Uint8Array,
    origin: keyof typeof FACE_SIZE_MIN_PX,
    settings: EnrolmentSettings,
  ): Promise<z.input<typeof enrolmentLookSchema>> {
    const analyzed = await this.vision.analyze(picture).catch((error: unknown) => {
      throw refusalOf(error);
    });
    let face: MeasuredFace;
    try {
      face = chooseFace(analyzed, origin);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      return { face: null, quality: null, reasons: [], refusal: error.code as EnrolmentRefusal };
    }
    const reasons = judgeQuality(face.quality, settings);
    const { width: imageWidth, height: imageHeight } = analyzed.frame;
    return {
      face: { box: face.box, landmarks: [...face.landmarks], score: face.score, imageWidth, imageHeight },
      quality: qualityReport(face.quality),
      reasons,
      refusal: reasons.some(({ severity }) => severity === 'refused') ? 'enrolment/poor-quality' : null,
    };
  }

  /** The faces of those pictures that can be used, best first, at least one. @throws {AppError} the first refusal */
  async findAll(
    pictures: readonly Uint8Array[],
    origin: keyof typeof FACE_SIZE_MIN_PX,
    settings: EnrolmentSettings,
  ): Promise<[EnrollableFace, ...EnrollableFace[]]> {
    const found: EnrollableFace[] = [];
    let refusal: unknown;
    for (const picture of pictures) {
      try {
        found.push(await this.find(picture, origin, settings));
      } catch (error) {
        refusal ??= error;
      }
    }
    found.sort((a, b) => b.quality.unifiedQualityScore - a.quality.unifiedQualityScore);
    const [best, ...rest] = found;
    if (!best) throw refusal;
    return [best, ...rest];
  }
}

function acceptable({ quality }: MeasuredFace, settings: EnrolmentSettings): QualityReason[] {
  const reasons = judgeQuality(quality, settings);
  const refused = reasons.filter(({ severity }) => severity === 'refused');
  if (refused.length === 0) return reasons;
  throw new AppError('unprocessable', 'enrolment/poor-quality', 'The photo is not good enough.', {
    detail: refused.map(({ whatToDo }) => whatToDo).join(' '),
    issues: refused.map(({ component, value, whatToDo }) => ({
      path: component,
      message: `is ${value}. ${whatToDo}`,
    })),
    facts: { quality: qualityReport(quality), reasons },
  });
}
