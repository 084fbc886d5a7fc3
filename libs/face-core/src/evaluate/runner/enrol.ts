import { createHash } from 'node:crypto';

import { Gallery } from '../../match/gallery';
import type { VideoLabels } from '../readers/video-labels';
import { embeddingOf, type FaceOutcome } from './face-outcome';
import type { ModelIdentity } from './model-identity';

/** A gallery of the people that recordings are judged by. */
export interface EnrolledGallery {
  readonly gallery: Gallery;
  readonly templates: number;
  readonly failedToEnrol: number;
  /** Of all that is in it. */
  readonly sha256: string;
}

/**
 * Enrols everybody whom the labels enrol.
 *
 * @param found what became, under this model, of the labels' pictures and, by path, of the recordings they enrol from
 */
export function enrolledGallery(
  { enrolments }: Pick<VideoLabels, 'enrolments'>,
  { id: modelId, dimension }: ModelIdentity,
  found: {
    readonly pictures: readonly FaceOutcome[];
    readonly recordings: ReadonlyMap<string, FaceOutcome>;
  },
): EnrolledGallery {
  const gallery = new Gallery({ modelId, dimension });
  const hash = createHash('sha256');
  for (const [at, enrolment] of enrolments.entries()) {
    const outcome =
      'image' in enrolment ? found.pictures[enrolment.image] : found.recordings.get(enrolment.recording.path);
    const embedding = embeddingOf(outcome);
    if (!embedding) continue;
    const { person: personId } = enrolment;
    gallery.put({ templateId: `${at}`, personId, modelId, embedding });
    hash
      .update(JSON.stringify(personId))
      .update(new Uint8Array(embedding.buffer, embedding.byteOffset, embedding.byteLength));
  }
  const { size: templates } = gallery;
  return { gallery, templates, failedToEnrol: enrolments.length - templates, sha256: hash.digest('hex') };
}
