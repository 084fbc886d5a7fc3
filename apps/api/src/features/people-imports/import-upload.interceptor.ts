import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import { AnyFilesInterceptor } from '@nestjs/platform-express';
import { DataSource } from 'typeorm';
import type { Observable } from 'rxjs';
import type { AuthenticatedRequest } from '../../platform/auth/session.guard';
import { newId } from '../../platform/database/uuid';
import { AppError } from '../../platform/errors/app-error';
import { toAppError } from '../../platform/errors/to-app-error';
import { isUtf8 } from './decode-text';
import { ImportContent } from './import-content';
import { PeopleImport } from './people-import.entities';

/** The largest file that is taken, in bytes. */
export const UPLOAD_BYTES_MAX = 4 * 1024 ** 3;
/** More than a browser sends at once without an archive. */
const FILES_MAX = 2_000;

/** A request whose upload is stored. */
export interface ImportRequest extends AuthenticatedRequest {
  importId?: string;
}

interface Incoming {
  readonly originalname: string;
  readonly stream: AsyncIterable<Buffer>;
}
type Done = (error?: unknown, info?: { size: number }) => void;

/** Stores the files of an upload while they come; what breaks off leaves nothing. */
@Injectable()
export class ImportUploadInterceptor implements NestInterceptor {
  constructor(
    private readonly dataSource: DataSource,
    private readonly content: ImportContent,
  ) {}

  /** @throws {AppError} `imports/missing-file`, `imports/upload-too-large` */
  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const req = context.switchToHttp().getRequest<ImportRequest>();
    const { actorKind, actorId } = req.signedIn ?? {};
    if (!actorKind || !actorId)
      throw new AppError('unauthenticated', 'auth/unauthenticated', 'Sign in first.');
    const id = newId();
    const box = await this.dataSource.transaction(async (manager) => {
      const { box: made, ...row } = await this.content.begin(manager, id);
      await manager.insert(PeopleImport, {
        id,
        makerKind: actorKind,
        makerId: actorId,
        ...row,
        contents: null,
        jobId: null,
        createdAt: new Date(),
      });
      return made;
    });
    let count = 0;
    const store = (file: Incoming) => {
      const name = nameOf(file.originalname);
      return this.content.store(file.stream, { importId: id, number: count++, name, box });
    };
    try {
      const handled = await this.receive(context, next, store);
      if (count === 0) throw missingFile();
      req.importId = id;
      return handled;
    } catch (error) {
      await this.dataSource.manager.delete(PeopleImport, { id });
      throw refusalOf(error);
    }
  }

  private async receive(
    context: ExecutionContext,
    next: CallHandler,
    store: (file: Incoming) => Promise<number>,
  ): Promise<Observable<unknown>> {
    const storage = {
      _handleFile: (_req: unknown, file: unknown, done: Done) => {
        store(file as Incoming).then((size) => done(undefined, { size }), done);
      },
      _removeFile: (_req: unknown, _file: unknown, done: (error: Error | null) => void) => done(null),
    };
    const limits = { fileSize: UPLOAD_BYTES_MAX, files: FILES_MAX, fields: 10, fieldSize: 10_000 };
    const Upload = AnyFilesInterceptor({ storage: storage as never, limits });
    return new Upload().intercept(context, next);
  }
}

function missingFile(cause?: unknown): AppError {
  return new AppError('invalid', 'imports/missing-file', 'There is no file in the request.', {
    detail: 'Send a CSV file with photos, or a ZIP archive of both, as multipart/form-data.',
    cause,
  });
}

function refusalOf(error: unknown): unknown {
  const { kind } = toAppError(error);
  if (error instanceof AppError) return error;
  if (kind === 'invalid') return missingFile(error);
  if (kind !== 'too-large') return error;
  return new AppError('too-large', 'imports/upload-too-large', 'The upload is too large.', {
    detail: `At most ${FILES_MAX} files of ${UPLOAD_BYTES_MAX / 1024 ** 3} GiB are taken.`,
    cause: error,
  });
}

/** The form's reader takes names for Latin-1; browsers send UTF-8. */
function nameOf(name: string): string {
  const bytes = Buffer.from(name, 'latin1');
  return isUtf8(bytes) ? bytes.toString('utf8') : name;
}
