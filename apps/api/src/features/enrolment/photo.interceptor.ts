import { Injectable, type CallHandler, type ExecutionContext } from '@nestjs/common';
import { FileInterceptor } from '@nestjs/platform-express';
import type { Request } from 'express';
import type { Observable } from 'rxjs';
import { toAppError } from '../../platform/errors/to-app-error';
import { imageTooLarge, missingFile } from './enrolment-errors';

/** The largest photo that is taken, in bytes. */
export const PHOTO_BYTES_MAX = 20 * 1024 * 1024;

/** A request whose upload was read. */
export interface PhotoRequest extends Request {
  readonly file?: { readonly buffer: Buffer };
}

const Upload = FileInterceptor('photo', {
  limits: { fileSize: PHOTO_BYTES_MAX, files: 1, fields: 10, fieldSize: 10_000, parts: 12 },
});

/** Reads the one uploaded photo into memory, within bounds. */
@Injectable()
export class PhotoInterceptor extends Upload {
  /** @throws {AppError} `enrolment/missing-file`, `enrolment/image-too-large` */
  override async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const handled = await this.read(context, next);
    if (!context.switchToHttp().getRequest<PhotoRequest>().file) throw missingFile();
    return handled;
  }

  private async read(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    try {
      return await super.intercept(context, next);
    } catch (error) {
      const { kind } = toAppError(error);
      if (kind === 'too-large')
        throw imageTooLarge(`At most ${PHOTO_BYTES_MAX / 1024 / 1024} MiB are taken.`, error);
      throw kind === 'invalid' ? missingFile(error) : error;
    }
  }
}
