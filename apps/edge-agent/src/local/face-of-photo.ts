import { decodeImage, encodeJpeg, FaceCoreError } from '@munjigi/face-core';
import { PageError } from '../page/page-error';
import type { Picture, SeenFace, Vision } from '../ports/vision';

/** Where a picture comes from: a file shows one person; the door cuts its own around the face that is meant. */
export type PhotoOrigin = 'file' | 'door';

/** A face that a template can be made of. */
export interface FaceOfPhoto {
  readonly embedding: Float32Array;
  /** A JPEG of the face with a margin. */
  readonly photo: Uint8Array;
}

/** The shorter side of the smallest face that makes a template, in pixels. */
const FACE_SIZE_MIN_PX = { file: 60, door: 48 } as const;
/** A larger picture is scaled down to it before faces are looked for. */
const SIDE_MAX_PX = 1600;
/** A face smaller than this part of the largest stands in the background and is not meant. */
const BACKGROUND_RATIO_MAX = 1 / 3;
const MARGIN = 0.6;
const PHOTO_WIDTH_MAX = 480;

/**
 * The one face that is meant on an encoded picture, as a template needs it.
 *
 * @throws {PageError} `photo/no-face`, `photo/several-faces`, `photo/face-too-small`, `photo/unreadable`
 */
export async function faceOfPhoto(
  vision: Vision,
  bytes: Uint8Array,
  origin: PhotoOrigin,
): Promise<FaceOfPhoto> {
  const picture = await decoded(bytes);
  const follower = vision.follow({ faceSizeMinPx: 40, facesMax: 8 });
  const seen = await follower.update(picture, 0);
  const face = meant(
    seen.filter(({ visible }) => visible).map((each) => each.face),
    picture,
    origin,
  );
  const [embedding] = await vision.embed([await vision.align(picture, face.landmarks)]);
  if (!embedding) throw refused('photo/no-face', 'No face was found on the picture.');
  const { x, y, width, height } = face.box;
  const crop = {
    ...{ x: x - width * MARGIN, y: y - height * MARGIN },
    ...{ width: width * (1 + 2 * MARGIN), height: height * (1 + 2 * MARGIN) },
  };
  const photo = await encodeJpeg(picture, { crop, widthMax: PHOTO_WIDTH_MAX, quality: 90 });
  return { embedding, photo };
}

async function decoded(bytes: Uint8Array): Promise<Picture> {
  try {
    return await decodeImage(bytes, { sideMaxPx: SIDE_MAX_PX });
  } catch (error) {
    if (!(error instanceof FaceCoreError)) throw error;
    throw new PageError('photo/unreadable', error.message, { status: 422, cause: error });
  }
}

function meant(faces: readonly SeenFace[], frame: Picture, origin: PhotoOrigin): SeenFace {
  const [largest, second] = (origin === 'door' ? central(faces, frame) : faces).toSorted(
    (a, b) => sideOf(b) - sideOf(a),
  );
  if (!largest) throw refused('photo/no-face', 'No face was found on the picture.');
  if (second && sideOf(second) > sideOf(largest) * BACKGROUND_RATIO_MAX)
    throw refused('photo/several-faces', 'There is more than one face on the picture.');
  if (sideOf(largest) < FACE_SIZE_MIN_PX[origin])
    throw refused('photo/face-too-small', 'The face on the picture is too small.');
  return largest;
}

/** The faces over the middle of the picture, where there is just one; else all. */
function central(faces: readonly SeenFace[], { width, height }: Picture): readonly SeenFace[] {
  const [x, y] = [width / 2, height / 2];
  const there = faces.filter(
    ({ box }) => box.x <= x && x <= box.x + box.width && box.y <= y && y <= box.y + box.height,
  );
  return there.length === 1 ? there : faces;
}

function sideOf({ box }: SeenFace): number {
  return Math.min(box.width, box.height);
}

function refused(code: string, message: string): PageError {
  return new PageError(code, message, { status: 422 });
}
