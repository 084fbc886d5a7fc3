import { dot, normalized } from '../embed/embedding';
import { FaceCoreError } from '../errors';

/** One template of one person. */
export interface GalleryTemplate {
  templateId: string;
  personId: string;
  /** The model that made the embedding. */
  modelId: string;
  embedding: Float32Array;
}

/** A person of the gallery and how alike the probe is to the best of that person's templates. */
export interface Match {
  readonly personId: string;
  readonly templateId: string;
  /** Cosine, -1 to 1. */
  readonly similarity: number;
}

/** What a gallery holds: templates of one model only, since embeddings of two models never compare. */
export interface GalleryOptions {
  modelId: string;
  /** Numbers in an embedding. */
  dimension: number;
}

/** The best `top` people are returned unless a search says otherwise. */
const TOP_DEFAULT = 5;
const ROWS_START = 64;

/**
 * Templates in one contiguous block, searched exactly.
 *
 * A search compares with every template and returns each person once, with the best template. Embeddings are copied
 * and L2-normalised on the way in, so that similarities are cosines.
 */
export class Gallery {
  readonly modelId: string;
  readonly dimension: number;
  #rows: Float32Array;
  readonly #templateIds: string[] = [];
  readonly #personIds: string[] = [];
  readonly #rowByTemplate = new Map<string, number>();

  constructor(options: GalleryOptions) {
    if (!Number.isInteger(options.dimension) || options.dimension < 1) {
      throw new FaceCoreError('gallery/invalid', `A gallery cannot hold ${options.dimension}-d embeddings.`);
    }
    this.modelId = options.modelId;
    this.dimension = options.dimension;
    this.#rows = new Float32Array(ROWS_START * options.dimension);
  }

  /** The number of templates. */
  get size(): number {
    return this.#templateIds.length;
  }

  /**
   * Puts a template in, in place of one with the same `templateId`.
   *
   * @throws {FaceCoreError} `embedding/other-model`, `embedding/wrong-dimension`, `embedding/invalid` (not finite,
   *   or zeros); the gallery is then unchanged
   */
  put(template: GalleryTemplate): void {
    const { templateId, personId, modelId } = template;
    if (modelId !== this.modelId) {
      throw new FaceCoreError(
        'embedding/other-model',
        `A template of ${modelId} does not compare with those of ${this.modelId}.`,
      );
    }
    const embedding = this.#checked(template.embedding);
    const row = this.#rowByTemplate.get(templateId) ?? this.#append(templateId);
    this.#personIds[row] = personId;
    this.#rows.set(embedding, row * this.dimension);
  }

  /** Takes a template out. @returns whether it was there */
  remove(templateId: string): boolean {
    const row = this.#rowByTemplate.get(templateId);
    if (row === undefined) return false;
    const last = this.size - 1;
    if (row !== last) this.#move(last, row);
    this.#templateIds.length = last;
    this.#personIds.length = last;
    this.#rowByTemplate.delete(templateId);
    this.#rows.fill(0, last * this.dimension, (last + 1) * this.dimension);
    return true;
  }

  /** Takes all templates of a person out. @returns how many there were */
  removePerson(personId: string): number {
    const templateIds = this.#templateIds.filter((_, row) => this.#personIds[row] === personId);
    for (const templateId of templateIds) this.remove(templateId);
    return templateIds.length;
  }

  /** Takes everything out and overwrites what was held. */
  clear(): void {
    this.#rows.fill(0);
    this.#templateIds.length = 0;
    this.#personIds.length = 0;
    this.#rowByTemplate.clear();
  }

  /**
   * The people most alike to a probe, best first, each once.
   *
   * @throws {FaceCoreError} `embedding/wrong-dimension`, `embedding/invalid`
   */
  search(embedding: Float32Array, options: { top?: number } = {}): Match[] {
    const probe = this.#checked(embedding);
    const best = new Map<string, { row: number; similarity: number }>();
    for (let row = 0; row < this.size; row += 1) {
      const similarity = dot(probe, this.#rows, row * this.dimension);
      const personId = this.#personIds[row] as string;
      const known = best.get(personId);
      if (!known) best.set(personId, { row, similarity });
      else if (similarity > known.similarity) Object.assign(known, { row, similarity });
    }
    return [...best]
      .map(([personId, { row, similarity }]) => ({
        personId,
        templateId: this.#templateIds[row] as string,
        similarity: Math.max(-1, Math.min(1, similarity)),
      }))
      .sort((a, b) => b.similarity - a.similarity)
      .slice(0, options.top ?? TOP_DEFAULT);
  }

  #checked(embedding: Float32Array): Float32Array {
    if (embedding.length !== this.dimension) {
      throw new FaceCoreError(
        'embedding/wrong-dimension',
        `${this.modelId} makes embeddings of ${this.dimension} numbers, not ${embedding.length}.`,
      );
    }
    return normalized(embedding);
  }

  #append(templateId: string): number {
    const row = this.size;
    const capacity = this.#rows.length / this.dimension;
    if (row === capacity) {
      const grown = new Float32Array(this.#rows.length * 2);
      grown.set(this.#rows);
      this.#rows.fill(0);
      this.#rows = grown;
    }
    this.#templateIds.push(templateId);
    this.#rowByTemplate.set(templateId, row);
    return row;
  }

  #move(from: number, to: number): void {
    const templateId = this.#templateIds[from] as string;
    this.#templateIds[to] = templateId;
    this.#personIds[to] = this.#personIds[from] as string;
    this.#rowByTemplate.set(templateId, to);
    this.#rows.copyWithin(to * this.dimension, from * this.dimension, (from + 1) * this.dimension);
  }
}
