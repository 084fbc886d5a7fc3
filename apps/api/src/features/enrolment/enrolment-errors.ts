import type { EnrolmentRefusal } from '@munjigi/contracts';
import { FaceCoreError } from '@munjigi/face-core';
import { AppError, type ErrorKind } from '../../platform/errors/app-error';

/** A refusal of enrolment, with what to do about it. */
export function enrolmentError(
  kind: ErrorKind,
  code: EnrolmentRefusal,
  message: string,
  detail: string,
  cause?: unknown,
): AppError {
  return new AppError(kind, code, message, { detail, cause });
}

/** Nothing was uploaded under the name that is looked for. */
export function missingFile(cause?: unknown): AppError {
  const detail = 'Send it as multipart/form-data, as one file in the field “photo”.';
  return enrolmentError(
    'invalid',
    'enrolment/missing-file',
    'There is no photo in the request.',
    detail,
    cause,
  );
}

/** The photo is larger than the server takes. */
export function imageTooLarge(detail: string, cause?: unknown): AppError {
  return enrolmentError('too-large', 'enrolment/image-too-large', 'The photo is too large.', detail, cause);
}

/** Makes of what face-core says of a picture a refusal; anything else is handed on as it is. */
export function refusalOf(error: unknown): unknown {
  if (!(error instanceof FaceCoreError)) return error;
  switch (error.code) {
    case 'image/unsupported-type':
      return enrolmentError(
        'unsupported',
        'enrolment/unsupported-type',
        'This is not a photo that can be read.',
        'Use a JPEG, PNG or WebP file; the content counts, not the name.',
        error,
      );
    case 'image/too-large':
      return imageTooLarge(`${error.message} Make it smaller.`, error);
    case 'image/unreadable':
      return enrolmentError(
        'unprocessable',
        'enrolment/unreadable-image',
        'The photo is damaged.',
        `${error.message} Try to open it on your computer, or take another.`,
        error,
      );
    default:
      return error;
  }
}
