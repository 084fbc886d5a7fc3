import { setTimeout as delay } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import type { EnrolmentSettings } from '@munjigi/contracts';
import { AppError } from '../../platform/errors/app-error';
import { FaceFinder, type EnrollableFace } from '../enrolment/face-finder';
import { TemplateMaker } from '../enrolment/template-maker';
import { PHOTO_BYTES_MAX, type UploadedFile } from './import-files';

/** The most photos of one row that are looked at. */
const PHOTOS_MAX = 20;
const BUSY_MS = 250;

/** What a row's photos show. */
export interface FoundFaces {
  /** Best first; those that can be used. */
  readonly faces: readonly EnrollableFace[];
  /** Why the first of the others cannot; null when all can. */
  readonly refusal: AppError | null;
}

/** Looks at the photos of rows. */
@Injectable()
export class RowFaces {
  constructor(
    private readonly finder: FaceFinder,
    private readonly maker: TemplateMaker,
  ) {}

  async find(
    files: readonly UploadedFile[],
    settings: EnrolmentSettings,
    signal: AbortSignal,
  ): Promise<FoundFaces> {
    const faces: EnrollableFace[] = [];
    let refusal: AppError | null = null;
    for (const file of files.slice(0, PHOTOS_MAX)) {
      try {
        const photo = await file.read(PHOTO_BYTES_MAX);
        faces.push(await this.patiently(() => this.finder.find(photo, 'photo', settings), signal));
      } catch (error) {
        if (!(error instanceof AppError) || error.kind === 'unavailable' || error.kind === 'internal')
          throw error;
        refusal ??= error;
      }
    }
    if (faces.length > 0) await this.maker.ready(settings);
    faces.sort((a, b) => b.quality.unifiedQualityScore - a.quality.unifiedQualityScore);
    return { faces, refusal };
  }

  /** People who wait at a screen go before an import. */
  private async patiently<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T> {
    for (;;) {
      try {
        return await work();
      } catch (error) {
        if (!(error instanceof AppError) || error.code !== 'vision/busy') throw error;
        await delay(BUSY_MS, undefined, { signal });
      }
    }
  }
}
