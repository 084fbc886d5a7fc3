import { paddedLength } from './quantize';
import { Segment } from './segment';

/** A template that has a place in memory. */
export interface Row {
  readonly templateId: string;
  readonly personId: string;
  /** Where it lies now; changes only while nobody looks. */
  place: number;
  /** The first sequence at which it is there. */
  readonly bornAt: number;
  /** The first sequence at which it is gone; 0 while it is there. */
  goneAt: number;
  /** Its neighbours among the rows of the same person. */
  previous: Row | null;
  next: Row | null;
}

/** The rows as they were when the view was opened, whatever happens to the store until it is closed. */
export interface RowView {
  readonly sequence: number;
  close(): void;
}

/** A segment and where a place of the store lies in it. */
export interface Spot {
  readonly segment: Segment;
  /** The store's number of the segment's first place. */
  readonly base: number;
}

/** Places of the first segment; every further one doubles the whole until segments reach their largest size. */
const FIRST_CAPACITY = 256;
const SEGMENT_CAPACITY_MAX = 65_536;
const DOUBLING_SEGMENTS = Math.log2(SEGMENT_CAPACITY_MAX / FIRST_CAPACITY) + 2;
/** Places that one change frees or moves at most, so that no change takes long after a bulk removal. */
const TIDIED_PER_CHANGE = 32;
/** Bytes overwritten in one turn of the event loop. */
const WIPED_PER_TURN_BYTES = 4 * 2 ** 20;

/**
 * Rows in segments that never move, so that growing copies nothing and a scan may pause while rows come and go.
 *
 * A row is written once. Replacing one writes another and marks the first as gone; its place is overwritten and used
 * again when no open view can see it. While no view is open, holes are filled from the end.
 */
export class RowStore {
  readonly length: number;
  readonly segments: Segment[] = [];
  readonly rows: (Row | undefined)[] = [];
  readonly #views = new Set<RowView>();
  readonly #free: number[] = [];
  /** Rows that are gone, in that order, whose places are still taken; those before the head are done. */
  #gone: Row[] = [];
  #goneHead = 0;
  #sequence = 0;
  #isAbandoned = false;
  #isTidyingSoon = false;

  constructor(dimension: number) {
    this.length = paddedLength(dimension);
  }

  /** Puts an L2-normalised embedding into memory. @throws {RangeError} when there is none left; nothing changed */
  add(templateId: string, personId: string, embedding: Float32Array): Row {
    const place = this.#freePlace();
    const { segment, base } = this.reach(place);
    segment.write(place - base, embedding);
    return this.place(templateId, personId, place);
  }

  /** Names the row whose float32 numbers are already in memory at a place. */
  place(templateId: string, personId: string, place: number): Row {
    this.#sequence += 1;
    const row = {
      templateId,
      personId,
      place,
      bornAt: this.#sequence,
      goneAt: 0,
      previous: null,
      next: null,
    };
    this.rows[place] = row;
    return row;
  }

  /** Takes a row out; open views keep seeing it. */
  retire(row: Row): void {
    this.#sequence += 1;
    row.goneAt = this.#sequence;
    this.#gone.push(row);
    this.#tidy();
  }

  /** Fixes what is there now for a reader that will take several turns of the event loop. */
  openView(): RowView {
    const view: RowView = { sequence: this.#sequence, close: () => this.#closeView(view) };
    this.#views.add(view);
    return view;
  }

  /** The sequence that a reader sees who will be done within this turn of the event loop. */
  get sequence(): number {
    return this.#sequence;
  }

  /** Whether a row was there at a sequence. */
  static isThere(row: Row, sequence: number): boolean {
    return row.bornAt <= sequence && (row.goneAt === 0 || row.goneAt > sequence);
  }

  /** The segment of a place that is or was in use. */
  spot(place: number): Spot {
    const index =
      place < SEGMENT_CAPACITY_MAX * 2
        ? 32 - Math.clz32(Math.floor(place / FIRST_CAPACITY))
        : DOUBLING_SEGMENTS + Math.floor(place / SEGMENT_CAPACITY_MAX) - 2;
    return { segment: this.segments[index] as Segment, base: baseOf(index) };
  }

  /** The segment of a place, made when it is the next one. @throws {RangeError} when there is no memory left */
  reach(place: number): Spot {
    const next = this.segments.length;
    if (place >= baseOf(next)) this.segments.push(new Segment(this.length, baseOf(next + 1) - baseOf(next)));
    return this.spot(place);
  }

  /** Overwrites everything as soon as no view is open; a part at once, the rest in turns. The store is then dead. */
  abandon(): void {
    this.#isAbandoned = true;
    if (this.#views.size === 0) this.#wipe(this.segments.length - 1, 0);
  }

  #closeView(view: RowView): void {
    this.#views.delete(view);
    if (!this.#isAbandoned) this.#tidy();
    else if (this.#views.size === 0) this.#wipe(this.segments.length - 1, 0);
  }

  #freePlace(): number {
    for (let place = this.#free.pop(); place !== undefined; place = this.#free.pop()) {
      if (place < this.rows.length && this.rows[place] === undefined) return place;
    }
    return this.rows.length;
  }

  #tidy(): void {
    const seenUntil = Math.min(Infinity, ...[...this.#views].map((view) => view.sequence));
    for (let left = TIDIED_PER_CHANGE; left > 0; left -= 1) {
      const row = this.#gone[this.#goneHead];
      if (!row || row.goneAt > seenUntil) break;
      this.#goneHead += 1;
      this.#empty(row.place);
      this.#free.push(row.place);
    }
    if (this.#goneHead > 1024 && this.#goneHead * 2 > this.#gone.length) {
      this.#gone = this.#gone.slice(this.#goneHead);
      this.#goneHead = 0;
    }
    if (this.#views.size === 0) this.#fillHoles();
    const next = this.#gone[this.#goneHead];
    if (next && next.goneAt <= seenUntil) this.#tidySoon();
  }

  /** What is gone must not stay in memory until somebody happens to change something else. */
  #tidySoon(): void {
    if (this.#isTidyingSoon) return;
    this.#isTidyingSoon = true;
    setImmediate(() => {
      this.#isTidyingSoon = false;
      if (!this.#isAbandoned) this.#tidy();
    });
  }

  #fillHoles(): void {
    for (let left = TIDIED_PER_CHANGE; left > 0; left -= 1) {
      const hole = this.#free.pop();
      if (hole === undefined) break;
      this.#dropEnd();
      const last = this.rows.length - 1;
      if (hole >= last || this.rows[hole] !== undefined) continue;
      const row = this.rows[last] as Row;
      const from = this.spot(last);
      const to = this.spot(hole);
      to.segment.write(hole - to.base, from.segment.row(last - from.base));
      row.place = hole;
      this.rows[hole] = row;
      this.#empty(last);
      this.#dropEnd();
    }
  }

  /** Forgets empty places at the end, and segments that only those had, but for one to grow into. */
  #dropEnd(): void {
    while (this.rows.length > 0 && this.rows[this.rows.length - 1] === undefined) this.rows.pop();
    while (this.segments.length > 1 && this.rows.length <= baseOf(this.segments.length - 2))
      this.segments.pop();
  }

  #empty(place: number): void {
    const { segment, base } = this.spot(place);
    segment.erase(place - base);
    this.rows[place] = undefined;
  }

  #wipe(index: number, from: number): void {
    const segment = this.segments[index];
    if (!segment) return;
    if (segment.wipe(from, WIPED_PER_TURN_BYTES)) {
      setImmediate(() => this.#wipe(index, from + WIPED_PER_TURN_BYTES));
    } else {
      setImmediate(() => this.#wipe(index - 1, 0));
    }
  }
}

/** The first place of a segment. */
function baseOf(index: number): number {
  if (index === 0) return 0;
  if (index < DOUBLING_SEGMENTS) return FIRST_CAPACITY * 2 ** (index - 1);
  return SEGMENT_CAPACITY_MAX * (index - DOUBLING_SEGMENTS + 2);
}
