import { Gallery, TemplateTransform, type Candidate } from '@munjigi/face-core';
import type { StoredTemplate, StoredTransform } from '../ports/event-store';
import type { ModelShape } from './read-changes';

/** The templates of one version of the transform, and how a probe comes to compare with them. */
interface Part {
  readonly gallery: Gallery;
  /** Null: templates as the model made them. */
  readonly transform: TemplateTransform | null;
}

/**
 * The templates that a door compares with, apart by the transform that they are kept in: a probe is turned for each
 * part before it is compared, so that two versions never meet, and a door goes on while templates are renewed.
 */
export class DoorGallery {
  readonly #model: ModelShape;
  readonly #parts = new Map<string | null, Part>();

  constructor(model: ModelShape) {
    this.#model = model;
    this.#parts.set(null, this.#newPart(null));
  }

  /** Templates to compare with. */
  get size(): number {
    return [...this.#parts.values()].reduce((sum, { gallery }) => sum + gallery.size, 0);
  }

  /** Whether templates of this transform can be compared. */
  knows(transformId: string | null): boolean {
    return this.#parts.has(transformId);
  }

  addTransform({ id, secret }: StoredTransform): void {
    if (this.#parts.has(id)) return;
    this.#parts.set(id, this.#newPart(new TemplateTransform(secret, this.#model.dimension)));
  }

  /** Forgets a transform, and any template that is still kept in it. */
  dropTransform(id: string): void {
    this.#parts.delete(id);
  }

  /** Keeps a template in the part of its transform, and in no other. */
  put(template: StoredTemplate): void {
    for (const [id, { gallery }] of this.#parts) {
      if (id === template.transformId) gallery.put(template);
      else gallery.remove(template.templateId);
    }
  }

  remove(templateId: string): void {
    for (const { gallery } of this.#parts.values()) gallery.remove(templateId);
  }

  removePerson(personId: string): void {
    for (const { gallery } of this.#parts.values()) gallery.removePerson(personId);
  }

  /** Forgets everything, transforms too. */
  clear(): void {
    this.#parts.clear();
    this.#parts.set(null, this.#newPart(null));
  }

  /**
   * The people most like a probe, best first, each once.
   *
   * @param probe as the model made it, L2-normalised
   */
  search(probe: Float32Array, { top }: { top: number }): Candidate[] {
    const best = new Map<string, Candidate>();
    for (const { gallery, transform } of this.#parts.values()) {
      if (gallery.size === 0) continue;
      // The best people of all parts are among the best of each.
      for (const candidate of gallery.search(transform ? transform.apply(probe) : probe, { top })) {
        const known = best.get(candidate.personId);
        if (!known || known.similarity < candidate.similarity) best.set(candidate.personId, candidate);
      }
    }
    return [...best.values()].sort(inOrder).slice(0, top);
  }

  #newPart(transform: TemplateTransform | null): Part {
    const { modelId, dimension } = this.#model;
    return { gallery: new Gallery({ modelId, dimension }), transform };
  }
}

/** As a gallery orders its own answers. */
function inOrder(a: Candidate, b: Candidate): number {
  return b.similarity - a.similarity || (a.personId < b.personId ? -1 : 1);
}
