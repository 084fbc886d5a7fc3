import type { AnalyzedFace, Frame } from '@munjigi/face-core';
import { enrolmentError } from './enrolment-errors';

/** Shorter side of the smallest face that makes a template, in pixels; the model looks at 112. */
export const FACE_SIZE_MIN_PX = { photo: 60, door: 48 } as const;

/** A face smaller than this part of the largest stands in the background and is not meant. */
const BACKGROUND_RATIO_MAX = 1 / 3;

/** A picture and the faces on it, largest first. */
interface Picture<F> {
  readonly frame: Pick<Frame, 'width' | 'height'>;
  readonly faces: readonly F[];
}

/**
 * The one face that is meant on a picture.
 *
 * @param picture its faces largest first
 * @throws {AppError} `enrolment/no-face`, `enrolment/several-faces`, `enrolment/face-too-small`
 */
export function chooseFace<F extends AnalyzedFace>(
  picture: Picture<F>,
  origin: keyof typeof FACE_SIZE_MIN_PX,
): F {
  const [largest, second] = origin === 'door' ? centreFirst(picture) : picture.faces;
  if (!largest) {
    throw enrolmentError(
      'unprocessable',
      'enrolment/no-face',
      'No face was found on the photo.',
      'Use one where the face is seen from the front, well lit, and not covered.',
    );
  }
  if (second && sideOf(second) > sideOf(largest) * BACKGROUND_RATIO_MAX) {
    throw enrolmentError(
      'unprocessable',
      'enrolment/several-faces',
      'There is more than one face on the photo.',
      'Use one that shows only this person, or cut the others off.',
    );
  }
  const sideMinPx = FACE_SIZE_MIN_PX[origin];
  if (sideOf(largest) < sideMinPx) {
    throw enrolmentError(
      'unprocessable',
      'enrolment/face-too-small',
      'The face on the photo is too small.',
      `It is ${Math.round(sideOf(largest))} pixels wide; at least ${sideMinPx} are needed. Use a larger photo.`,
    );
  }
  return largest;
}

/** A door cuts its pictures around the face that was clicked: when that one is in the middle, the rest do not count. */
function centreFirst<F extends AnalyzedFace>({ frame, faces }: Picture<F>): readonly F[] {
  const x = frame.width / 2;
  const y = frame.height / 2;
  const central = faces.filter(({ box }) => {
    return box.x <= x && x <= box.x + box.width && box.y <= y && y <= box.y + box.height;
  });
  return central.length === 1 ? central : faces;
}

function sideOf({ box }: AnalyzedFace): number {
  return Math.min(box.width, box.height);
}
