import { normalized } from '../embed/embedding';
import { FaceCoreError } from '../errors';
import { inTurns } from './in-turns';
import { loadGallery } from './load-gallery';
import type { Match } from './match';
import { quantizeProbe } from './quantize';
import { saveGallery } from './save-gallery';
import { searchEveryRow, searchSteps } from './search';
import { TemplateTable } from './template-table';

export type { Match } from './match';

/** One template of one person. */
export interface GalleryTemplate {
  /** 1 to 1024 characters, as is `personId`. */
  templateId: string;
  personId: string;
  /** The model that made the embedding. */
  modelId: string;
  embedding: Float32Array;
}

/** What a gallery holds: templates of one model only, since embeddings of two models never compare. */
export interface GalleryOptions {
  modelId: string;
  /** Numbers in an embedding, 1 to 8192. Multiples of 16 waste no memory. */
  dimension: number;
}

/** How many people a search returns. */
export interface SearchOptions {
  /** At least 1; default 5. */
  top?: number;
}

const TOP_DEFAULT = 5;
const DIMENSION_MAX = 8192;
const ID_LENGTH_MAX = 1024;

/**
 * Templates in memory, searched exactly: 1:N identification by cosine similarity.
 *
 * A search compares with every template and returns each person once, with the best template. Embeddings are copied
 * and L2-normalised on the way in. A template takes 5 bytes a number, outside the garbage collector's heap, and about
 * 350 bytes in it for its ids; a gallery grows without copying what it holds.
 *
 * `search` answers within the turn of the event loop, in about a millisecond for 20,000 templates of 512 numbers.
 * `searchAsync` gives the same answer in slices of a few milliseconds: use it above 100,000.
 */
export class Gallery {
  readonly modelId: string;
  readonly dimension: number;
  #table: TemplateTable;
  /** Slices of two searches in one turn would add up, so one follows the other. */
  #lastSearch: Promise<unknown> = Promise.resolve();

  /** @throws {FaceCoreError} `gallery/invalid` */
  constructor(options: GalleryOptions) {
    const { modelId, dimension } = options;
    if (!Number.isInteger(dimension) || dimension < 1 || dimension > DIMENSION_MAX) {
      throw new FaceCoreError('gallery/invalid', `A gallery cannot hold ${dimension}-d embeddings.`);
    }
    checkId(modelId);
    this.modelId = modelId;
    this.dimension = dimension;
    this.#table = new TemplateTable(dimension);
  }

  /**
   * Reads a file that {@link Gallery.save} wrote. Nothing of a file that is not whole is ever searched.
   *
   * @param expected the model whose probes will be searched for
   * @throws {FaceCoreError} `gallery/invalid`, `gallery/unreadable`, `gallery/not-a-gallery`, `gallery/truncated`,
   *   `gallery/corrupt`, `gallery/unsupported-version`, `gallery/other-model`, `gallery/wrong-dimension`,
   *   `gallery/out-of-memory`
   */
  static async load(path: string, expected: GalleryOptions): Promise<Gallery> {
    const gallery = new Gallery(expected);
    gallery.#table = await loadGallery(path, expected);
    return gallery;
  }

  /** The number of templates. */
  get size(): number {
    return this.#table.size;
  }

  /** Whether a template is in the gallery now. */
  has(templateId: string): boolean {
    return this.#table.has(templateId);
  }

  /**
   * Puts a template in, in place of one with the same `templateId`.
   *
   * @throws {FaceCoreError} `embedding/other-model`, `embedding/wrong-dimension`, `embedding/invalid` (not finite,
   *   or zeros), `gallery/invalid` (an id), `gallery/out-of-memory`; the gallery is then unchanged
   */
  put(template: GalleryTemplate): void {
    const { templateId, personId, modelId } = template;
    if (modelId !== this.modelId) {
      throw new FaceCoreError(
        'embedding/other-model',
        `A template of ${modelId} does not compare with those of ${this.modelId}.`,
      );
    }
    checkId(templateId);
    checkId(personId);
    const embedding = this.#checked(template.embedding);
    try {
      this.#table.put(templateId, personId, embedding);
    } catch (cause) {
      if (!(cause instanceof RangeError)) throw cause;
      throw new FaceCoreError('gallery/out-of-memory', 'There is no memory for another template.', { cause });
    }
  }

  /** Takes a template out and overwrites it. @returns whether it was there */
  remove(templateId: string): boolean {
    return this.#table.remove(templateId);
  }

  /** Takes all templates of a person out and overwrites them. @returns how many there were */
  removePerson(personId: string): number {
    return this.#table.removePerson(personId);
  }

  /** Takes everything out, and overwrites it in slices once the searches that are under way are done. */
  clear(): void {
    this.#table.store.abandon();
    this.#table = new TemplateTable(this.dimension);
  }

  /**
   * The people most alike to a probe, best first, each once; equals in the order of their `personId`.
   *
   * @throws {FaceCoreError} `embedding/wrong-dimension`, `embedding/invalid`, `gallery/invalid` (`top`)
   */
  search(embedding: Float32Array, options: SearchOptions = {}): Match[] {
    const steps = searchSteps(this.#task(embedding, options));
    for (;;) {
      const step = steps.next();
      if (step.done) return step.value;
    }
  }

  /**
   * The same answer as `search`, without holding the event loop for more than a few milliseconds at a time.
   *
   * It is the answer for the gallery as it is at the call: templates that come, change or go meanwhile change nothing.
   * Searches of one gallery follow one another.
   *
   * @throws {FaceCoreError} as `search`, through the promise
   */
  async searchAsync(embedding: Float32Array, options: SearchOptions = {}): Promise<Match[]> {
    const task = this.#task(embedding, options);
    const view = task.store.openView();
    const search = this.#lastSearch.then(() => inTurns(searchSteps(task))).finally(() => view.close());
    this.#lastSearch = search.catch(() => undefined);
    return search;
  }

  /**
   * The same answer as `search` by comparing every template in float32, which reads four times as much memory.
   *
   * For measuring and testing `search`. @throws {FaceCoreError} as `search`
   */
  searchUnbounded(embedding: Float32Array, options: SearchOptions = {}): Match[] {
    return searchEveryRow(this.#task(embedding, options));
  }

  /**
   * Writes the gallery as it is now to one file, all or nothing. The file holds templates in the clear, readable by its
   * owner only; the caller protects it.
   *
   * @throws {FaceCoreError} `gallery/unwritable`
   */
  save(path: string): Promise<void> {
    const { modelId, dimension, size: count } = this;
    return saveGallery(path, { modelId, dimension, store: this.#table.store, count });
  }

  #task(embedding: Float32Array, { top = TOP_DEFAULT }: SearchOptions) {
    if (!Number.isInteger(top) || top < 1) {
      throw new FaceCoreError('gallery/invalid', `A search cannot return ${top} people.`);
    }
    const { store } = this.#table;
    return { store, sequence: store.sequence, probe: quantizeProbe(this.#checked(embedding)), top };
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
}

/** An id must survive being written to a file: half a surrogate pair does not. */
function checkId(id: string): void {
  if (id.length > 0 && id.length <= ID_LENGTH_MAX && !/\p{Surrogate}/u.test(id)) return;
  throw new FaceCoreError('gallery/invalid', 'An id has 1 to 1024 characters, none of them half a one.');
}
