import type { DoorSettings } from '@munjigi/contracts';
import type { DoorInputName } from '../ports/door-hardware';

/** What a reader of inputs works with. */
export interface InputReaderOptions {
  /** The settings in force; read anew for every contact. */
  readonly settings: () => Pick<DoorSettings, 'inputs' | 'inputDebounceMs'>;
  /** An input has changed: whether it is active; null when it cannot be told. */
  readonly onInput: (name: DoorInputName, isActive: boolean | null) => void;
}

/**
 * Makes inputs of contacts: an input changes once its contact has held still for the debounce time, and means what the
 * wiring says. A contact that the settings do not name means nothing.
 */
export class InputReader {
  readonly #options: InputReaderOptions;
  readonly #contacts = new Map<DoorInputName, boolean | null>();
  readonly #told = new Map<DoorInputName, boolean | null>();
  readonly #bouncing = new Map<DoorInputName, NodeJS.Timeout>();

  constructor(options: InputReaderOptions) {
    this.#options = options;
  }

  /** Each input as it was last told: whether it is active; null when that cannot be told. */
  get inputs(): Readonly<Partial<Record<DoorInputName, boolean | null>>> {
    return Object.fromEntries(this.#told);
  }

  /** Takes a contact as it is now. The first reading, and the loss of one, count at once. */
  contact(name: DoorInputName, isClosed: boolean | null): void {
    const isFirst = !this.#contacts.has(name);
    this.#contacts.set(name, isClosed);
    clearTimeout(this.#bouncing.get(name));
    const { inputDebounceMs } = this.#options.settings();
    if (isFirst || isClosed === null || inputDebounceMs === 0) return this.#tell(name);
    this.#bouncing.set(
      name,
      setTimeout(() => this.#tell(name), inputDebounceMs),
    );
  }

  /** The settings changed: every contact may mean something else. */
  refresh(): void {
    for (const name of this.#contacts.keys()) this.#tell(name);
  }

  close(): void {
    for (const timer of this.#bouncing.values()) clearTimeout(timer);
    this.#contacts.clear();
  }

  #tell(name: DoorInputName): void {
    const wiring = this.#options.settings().inputs[name];
    const isClosed = this.#contacts.get(name) ?? null;
    const isActive =
      wiring === null || isClosed === null ? null : wiring === 'normally-open' ? isClosed : !isClosed;
    if ((this.#told.get(name) ?? null) === isActive) return;
    this.#told.set(name, isActive);
    this.#options.onInput(name, isActive);
  }
}
