import { RowStore, type Row } from './row-store';
import { ShardedMap } from './sharded-map';

/** Which rows are there now, by template and by person. */
export class TemplateTable {
  readonly store: RowStore;
  readonly #byTemplate = new ShardedMap<Row>();
  /** One row of each person; the others hang on it. */
  readonly #byPerson = new ShardedMap<Row>();

  constructor(dimension: number) {
    this.store = new RowStore(dimension);
  }

  /** The number of templates. */
  get size(): number {
    return this.#byTemplate.size;
  }

  /** Whether a template is there. */
  has(templateId: string): boolean {
    return this.#byTemplate.has(templateId);
  }

  /** Puts a template in, in place of one with the same id. @throws {RangeError} without memory; nothing changed */
  put(templateId: string, personId: string, embedding: Float32Array): void {
    const row = this.store.add(templateId, personId, embedding);
    this.remove(templateId);
    this.#link(row);
  }

  /** Names the row that is in memory at a place already. The id must be new. */
  adopt(templateId: string, personId: string, place: number): void {
    this.#link(this.store.place(templateId, personId, place));
  }

  /** Takes a template out. @returns whether it was there */
  remove(templateId: string): boolean {
    const row = this.#byTemplate.get(templateId);
    if (!row) return false;
    this.#unlink(row);
    this.store.retire(row);
    return true;
  }

  /** Takes all templates of a person out. @returns how many there were */
  removePerson(personId: string): number {
    let count = 0;
    for (let row = this.#byPerson.get(personId); row; row = this.#byPerson.get(personId)) {
      this.remove(row.templateId);
      count += 1;
    }
    return count;
  }

  #link(row: Row): void {
    this.#byTemplate.set(row.templateId, row);
    const next = this.#byPerson.get(row.personId) ?? null;
    row.next = next;
    if (next) next.previous = row;
    this.#byPerson.set(row.personId, row);
  }

  #unlink(row: Row): void {
    this.#byTemplate.delete(row.templateId);
    const { previous, next } = row;
    if (next) next.previous = previous;
    if (previous) previous.next = next;
    else if (next) this.#byPerson.set(row.personId, next);
    else this.#byPerson.delete(row.personId);
    row.previous = null;
    row.next = null;
  }
}
