import { normalized } from '../../embed/embedding';
import type { Match } from '../match';

interface ReferenceTemplate {
  readonly personId: string;
  readonly embedding: Float32Array;
}

/** What a gallery must answer, written for clarity: a map, a loop over all of it and a sort. */
export class ReferenceGallery {
  readonly templates = new Map<string, ReferenceTemplate>();

  put(templateId: string, personId: string, embedding: Float32Array): void {
    this.templates.set(templateId, { personId, embedding: normalized(embedding) });
  }

  remove(templateId: string): boolean {
    return this.templates.delete(templateId);
  }

  removePerson(personId: string): number {
    const own = [...this.templates].filter(([, template]) => template.personId === personId);
    for (const [templateId] of own) this.templates.delete(templateId);
    return own.length;
  }

  search(embedding: Float32Array, top: number): Match[] {
    const probe = normalized(embedding);
    const ordered = [...this.templates]
      .map(([templateId, { personId, embedding: row }]) => ({
        personId,
        templateId,
        similarity: Math.max(-1, Math.min(1, floatProduct(probe, row))),
      }))
      .sort(
        (a, b) =>
          b.similarity - a.similarity ||
          compare(a.personId, b.personId) ||
          compare(a.templateId, b.templateId),
      );
    const people = new Set<string>();
    const best = ordered.filter(({ personId }) => !people.has(personId) && people.add(personId));
    return best
      .slice(0, top)
      .map((match, place) => ({ ...match, margin: match.similarity - (best[place + 1]?.similarity ?? -1) }));
  }
}

/** The inner product in float32, added up in the order that `search-kernel.wat` lays down. */
export function floatProduct(a: Float32Array, b: Float32Array): number {
  const sums = new Float32Array(16);
  for (let i = 0; i < a.length; i += 1) {
    sums[i % 16] = (sums[i % 16] as number) + Math.fround((a[i] as number) * (b[i] as number));
  }
  const sum = (n: number) => sums[n] as number;
  const lanes = Float32Array.from(
    { length: 4 },
    (_, n) => Math.fround(sum(n) + sum(n + 4)) + Math.fround(sum(n + 8) + sum(n + 12)),
  );
  const lane = (n: number) => lanes[n] as number;
  return Math.fround(Math.fround(lane(0) + lane(1)) + Math.fround(lane(2) + lane(3)));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
