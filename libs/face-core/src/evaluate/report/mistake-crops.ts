import { ALIGNED_PX } from '../../align/similarity-transform';
import { align } from '../../align/align';
import { encodeJpeg } from '../../image/encode-jpeg';
import type { Frame } from '../../image/frame';
import type { Mistake } from '../protocols/mistakes';
import { decoded } from '../runner/face-worker';
import type { ReportedModel } from './report';

/** A mistake as a person can judge it. */
export interface PicturedMistake {
  readonly mistake: Mistake;
  /** JPEG data URLs of both faces as the embedder saw them, with the names of their pictures. */
  readonly sides: readonly { readonly name: string; readonly url: string }[];
}

/** Cuts the faces of a model's worst mistakes out of their pictures. Pictures that have gone are left out. */
export async function picturedMistakes(model: ReportedModel): Promise<PicturedMistake[]> {
  const pictured: PicturedMistake[] = [];
  for (const mistake of model.mistakes) {
    const sides = [await sideOf(model, mistake.a), await sideOf(model, mistake.b)];
    const there = sides.filter((side) => side !== undefined);
    if (there.length === 2) pictured.push({ mistake, sides: there });
  }
  return pictured;
}

async function sideOf({ images, outcomes }: ReportedModel, index: number) {
  const [image, outcome] = [images[index], outcomes[index]];
  const bytes = await image?.read().catch(() => undefined);
  const frame = bytes && (await decoded(bytes));
  if (!image || !frame || outcome?.kind !== 'face') return undefined;
  const data = isAligned(frame) ? frame.data : align(frame, outcome.landmarks);
  const jpeg = await encodeJpeg({ data, width: ALIGNED_PX, height: ALIGNED_PX });
  return { name: image.name, url: `data:image/jpeg;base64,${Buffer.from(jpeg).toString('base64')}` };
}

function isAligned({ width, height }: Frame): boolean {
  return width === ALIGNED_PX && height === ALIGNED_PX;
}
