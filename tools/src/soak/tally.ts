/** An event as its door said, at the moment, that it had written it. */
export interface Told {
  readonly sequence: number;
  readonly id: string;
}

/**
 * What a door said of its events, line by line, in whatever life of its process: an account beside its outbox, which a
 * line reaches only once the outbox has the event.
 */
export class Tally {
  readonly #bySequence = new Map<number, string>();
  readonly #held = new Set<string>();
  #rest = '';
  #contradictions = 0;
  #lives = 0;
  /** The highest number of events at once that could not be written yet. */
  #mostHeld = 0;

  /** Takes output of the door as it comes. */
  read(text: string): void {
    const lines = (this.#rest + text).split('\n');
    this.#rest = lines.pop() ?? '';
    for (const line of lines) this.#take(line);
  }

  /** A process ended: what it had not said to the end it never will. */
  cut(): void {
    this.#rest = '';
  }

  /** Events that were told to be written, in the order of their numbers. */
  get told(): Told[] {
    return [...this.#bySequence]
      .map(([sequence, id]) => ({ sequence, id }))
      .sort((a, b) => a.sequence - b.sequence);
  }

  /** Ids of events that waited in memory for room, and of which it was never said that they were written. */
  get held(): string[] {
    return [...this.#held];
  }

  /** Numbers that were told of two events. */
  get contradictions(): number {
    return this.#contradictions;
  }

  /** How often the door's process began. */
  get lives(): number {
    return this.#lives;
  }

  get mostHeld(): number {
    return this.#mostHeld;
  }

  #take(text: string): void {
    const line = parsed(text);
    if (line?.msg === 'agent started') this.#lives += 1;
    if (line?.msg !== 'access decided' && line?.msg !== 'door event recorded') return;
    const { id, sequence } = line;
    if (typeof id !== 'string') return;
    if (typeof sequence !== 'number') {
      this.#held.add(id);
      this.#mostHeld = Math.max(this.#mostHeld, this.#held.size);
      return;
    }
    const before = this.#bySequence.get(sequence);
    if (before !== undefined && before !== id) this.#contradictions += 1;
    this.#bySequence.set(sequence, id);
  }
}

function parsed(line: string): Record<string, unknown> | null {
  if (!line.startsWith('{')) return null;
  try {
    return JSON.parse(line) as Record<string, unknown>;
  } catch {
    return null;
  }
}
