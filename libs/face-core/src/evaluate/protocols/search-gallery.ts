import { dot } from '../../embed/embedding';
import type { Groups } from '../readers/groups';
import type { PersonImage } from '../readers/images';
import { embeddingOf, type FaceOutcome } from '../runner/face-outcome';
import type { ModelIdentity } from '../runner/model-identity';
import type { SearchOutcome } from '../statistics/identification';
import { WorstMistakes, type Mistake } from './mistakes';

/** Pictures of people with what became of them, in one order. */
export interface EmbeddedPeople {
  readonly members: readonly PersonImage[];
  readonly outcomes: readonly FaceOutcome[];
}

/** The search of one probe. */
export interface ProbeSearch extends SearchOutcome {
  readonly groups: Groups;
  /** Index in the list of the probes' pictures. */
  readonly probe: number;
  /** The best template and the person's own best, in the list of the gallery's pictures; -1 where there is none. */
  readonly best: number;
  readonly own: number;
  readonly ownScore: number;
}

/** Searches a gallery of the enrolled among its people for every probe, in order. */
export function searchGallery(
  enrolled: ReadonlySet<string>,
  { gallery, probes, model }: { gallery: EmbeddedPeople; probes: EmbeddedPeople; model: ModelIdentity },
): ProbeSearch[] {
  const { dimension } = model;
  const templates = gallery.members.flatMap(({ image, person }) => {
    const embedding = enrolled.has(person) ? embeddingOf(gallery.outcomes[image]) : undefined;
    return embedding ? [{ image, person, embedding }] : [];
  });
  const rows = new Float32Array(templates.length * dimension);
  for (const [at, { embedding }] of templates.entries()) rows.set(embedding, at * dimension);
  return probes.members.map(({ image, person, groups = {} }): ProbeSearch => {
    const probe = embeddingOf(probes.outcomes[image]);
    let [bestScore, best, ownScore, own] = [-Infinity, -1, -Infinity, -1];
    for (let at = 0; probe && at < templates.length; at += 1) {
      const score = dot(probe, rows, at * dimension);
      if (score > bestScore) [bestScore, best] = [score, at];
      if (score > ownScore && templates[at]?.person === person) [ownScore, own] = [score, at];
    }
    return {
      mated: enrolled.has(person),
      rankOne: templates[best]?.person === person,
      ...{ bestScore, groups, ownScore },
      probe: image,
      best: templates[best]?.image ?? -1,
      own: templates[own]?.image ?? -1,
    };
  });
}

/**
 * Strangers with the template that they are most like, and the enrolled with their own that they are least like.
 *
 * @param offset of the probes' pictures in the list of all, after the gallery's
 */
export function mistakesIn(searches: readonly ProbeSearch[], offset: number): Mistake[] {
  const mistakes = new WorstMistakes();
  for (const { mated, probe, best, bestScore, own, ownScore } of searches) {
    const [template, score] = mated ? [own, ownScore] : [best, bestScore];
    if (template >= 0) mistakes.offer(mated, score, offset + probe, template);
  }
  return mistakes.list();
}
