import { isAhead, type PersonScore } from './match';

/**
 * The best `limit` people of all that were offered, each with the best template.
 *
 * A binary heap with the last of them at its root and each person's place in it, so that an offer costs the logarithm
 * of `limit` at most and a hopeless one a comparison.
 */
export class BestPeople {
  readonly #limit: number;
  readonly #heap: PersonScore[] = [];
  readonly #placeOf = new Map<string, number>();

  /** @param limit at least 1 */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** What a person must reach to be among the best: the last one's similarity, -Infinity while there is room. */
  get similarityMin(): number {
    return this.#heap.length < this.#limit ? -Infinity : (this.#heap[0] as PersonScore).similarity;
  }

  /** The similarity held for a person; -Infinity when that person is not among the best. */
  similarityOf(personId: string): number {
    const place = this.#placeOf.get(personId);
    return place === undefined ? -Infinity : (this.#heap[place] as PersonScore).similarity;
  }

  /** Takes a template into account. Of a person's equally alike templates the lower `templateId` stays. */
  offer(personId: string, templateId: string, similarity: number): void {
    if (similarity < this.similarityMin) return;
    const place = this.#placeOf.get(personId);
    if (place !== undefined) this.#improve(place, templateId, similarity);
    else if (this.#heap.length < this.#limit) this.#insert({ personId, templateId, similarity });
    else this.#replaceLast({ personId, templateId, similarity });
  }

  /** All of them, the most alike first. */
  inOrder(): PersonScore[] {
    return [...this.#heap].sort((a, b) => (isAhead(a, b) ? -1 : 1));
  }

  #improve(place: number, templateId: string, similarity: number): void {
    const held = this.#heap[place] as PersonScore;
    if (similarity < held.similarity) return;
    if (similarity === held.similarity && templateId > held.templateId) return;
    held.templateId = templateId;
    held.similarity = similarity;
    this.#sink(place, held);
  }

  #insert(score: PersonScore): void {
    let place = this.#heap.length;
    this.#heap.push(score);
    while (place > 0) {
      const above = (place - 1) >> 1;
      const parent = this.#heap[above] as PersonScore;
      if (!isAhead(parent, score)) break;
      this.#settle(place, parent);
      place = above;
    }
    this.#settle(place, score);
  }

  #replaceLast(score: PersonScore): void {
    const last = this.#heap[0] as PersonScore;
    if (!isAhead(score, last)) return;
    this.#placeOf.delete(last.personId);
    this.#sink(0, score);
  }

  #sink(start: number, score: PersonScore): void {
    let place = start;
    for (;;) {
      let below = 2 * place + 1;
      if (below >= this.#heap.length) break;
      const right = this.#heap[below + 1];
      if (right && isAhead(this.#heap[below] as PersonScore, right)) below += 1;
      const child = this.#heap[below] as PersonScore;
      if (!isAhead(score, child)) break;
      this.#settle(place, child);
      place = below;
    }
    this.#settle(place, score);
  }

  #settle(place: number, score: PersonScore): void {
    this.#heap[place] = score;
    this.#placeOf.set(score.personId, place);
  }
}
