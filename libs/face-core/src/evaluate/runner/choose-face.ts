import type { DetectedFace } from '../../detect/face';

/**
 * Picks the face that a picture is about: large and near the centre. Pictures of the field's data sets show one
 * labelled person in the middle and perhaps others around.
 *
 * The measure is the box's area less twice the squared distance of its centre from the picture's, as facenet's aligning
 * script has it.
 *
 * @returns undefined when there is none
 */
export function chooseFace(
  faces: readonly DetectedFace[],
  picture: { readonly width: number; readonly height: number },
): DetectedFace | undefined {
  let chosen: DetectedFace | undefined;
  let most = -Infinity;
  for (const face of faces) {
    const { x, y, width, height } = face.box;
    const across = x + width / 2 - picture.width / 2;
    const down = y + height / 2 - picture.height / 2;
    const merit = width * height - 2 * (across ** 2 + down ** 2);
    if (merit <= most) continue;
    most = merit;
    chosen = face;
  }
  return chosen;
}
