import type { Candidate } from './candidate';
import { overlapOf } from './suppress';

/** A box, and others that most likely show the same face. */
export interface Cluster<C extends Candidate> {
  readonly leader: C;
  readonly others: readonly C[];
}

/** Groups boxes about the best of them. @param overlapMin of union; a box joins the first leader that it overlaps so */
export function clustersOf<C extends Candidate>(candidates: readonly C[], overlapMin: number): Cluster<C>[] {
  const clusters: { leader: C; others: C[] }[] = [];
  for (const candidate of [...candidates].sort((a, b) => b.score - a.score)) {
    const home = clusters.find(({ leader }) => overlapOf(leader, candidate) > overlapMin);
    if (home) home.others.push(candidate);
    else clusters.push({ leader: candidate, others: [] });
  }
  return clusters;
}

/**
 * Has a network judge the best box of each cluster, and the others only where it refused that one.
 *
 * A face is proposed several times, at places and sizes a little apart. All are the same face in the end, so judging one
 * is enough where it is taken for a face; where it is not, another may lie better.
 */
export async function judgedWithSecondChance<C extends Candidate, J extends Candidate>(
  candidates: readonly C[],
  overlapMin: number,
  judge: (candidates: readonly C[]) => Promise<(J | undefined)[]>,
): Promise<J[]> {
  const clusters = clustersOf(candidates, overlapMin);
  const first = await judge(clusters.map(({ leader }) => leader));
  const refused = clusters.filter((_, index) => !first[index]).flatMap(({ others }) => others);
  const second = refused.length > 0 ? await judge(refused) : [];
  return [...first, ...second].filter((judged) => judged !== undefined);
}
