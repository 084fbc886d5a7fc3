import { BestPeople } from './best-people';
import { toMatches, type Match } from './match';
import type { Probe } from './quantize';
import { RowStore, type Row } from './row-store';
import {
  GROUP_PRODUCTS_AT,
  GROUP_ROWS,
  GROUP_WORDS,
  SCAN_ROWS_MAX,
  SCAN_ROWS_STEP,
  type Segment,
} from './segment';

/** What to look for, among which rows. */
export interface SearchTask {
  readonly store: RowStore;
  /** Rows that are there at this sequence count. */
  readonly sequence: number;
  readonly probe: Probe;
  /** How many people are wanted. */
  readonly top: number;
}

interface Candidates {
  readonly rows: Row[];
  /** No similarity is above this. */
  readonly upper: number[];
}

/** The first call of the bounding pass, before there is a threshold, is kept short. */
const SCAN_ROWS_FIRST = 64;
const EXACT_ROWS_PER_STEP = 256;

/**
 * Searches exactly, in steps of well under a millisecond between which the store may change.
 *
 * The bounding pass gives an interval for every row's similarity (see `rowError`). Let T be the lower end that
 * `top + 1` different people reach. Each of them has a similarity of at least T, so a row whose upper end is below T is
 * nobody's best template among the first `top + 1`; nor is one whose upper end is below a lower end of the same
 * person. All others are compared in float32. The answer is therefore, to the last bit and the last tie, the one of
 * comparing every row in float32; how many rows are left depends on the data, the answer does not.
 */
export function* searchSteps(task: SearchTask): Generator<void, Match[]> {
  const bounds = new BestPeople(task.top + 1);
  const found = yield* boundSteps(task, bounds);
  const best = new BestPeople(task.top + 1);
  const { rows, upper } = found;
  let loaded: Segment | null = null;
  for (let i = 0; i < rows.length; i += 1) {
    if (i % EXACT_ROWS_PER_STEP === EXACT_ROWS_PER_STEP - 1) {
      yield;
      loaded = null;
    }
    const row = rows[i] as Row;
    const upperEnd = upper[i] as number;
    if (upperEnd < bounds.similarityMin || upperEnd < bounds.similarityOf(row.personId)) continue;
    const { segment, base } = task.store.spot(row.place);
    if (segment !== loaded) segment.load(task.probe);
    loaded = segment;
    best.offer(row.personId, row.templateId, clamped(segment.dot(row.place - base)));
  }
  return toMatches(best.inOrder(), task.top);
}

/** The same answer by comparing every row in float32: what {@link searchSteps} is measured against. */
export function searchEveryRow({ store, sequence, probe, top }: SearchTask): Match[] {
  const best = new BestPeople(top + 1);
  for (let place = 0; place < store.rows.length;) {
    const { segment, base } = store.spot(place);
    segment.load(probe);
    for (; place < store.rows.length && place < base + segment.capacity; place += 1) {
      const row = store.rows[place];
      if (!row || !RowStore.isThere(row, sequence)) continue;
      best.offer(row.personId, row.templateId, clamped(segment.dot(place - base)));
    }
  }
  return toMatches(best.inOrder(), top);
}

function* boundSteps(task: SearchTask, bounds: BestPeople): Generator<void, Candidates> {
  const { store, probe } = task;
  const found: Candidates = { rows: [], upper: [] };
  // A view never sees rows that were added later, and those before this end stay where they are.
  const end = store.rows.length;
  let rowsPerStep = SCAN_ROWS_FIRST;
  for (let place = 0; place < end;) {
    const { segment, base } = store.spot(place);
    const count = Math.min(rowsPerStep, base + segment.capacity - place, end - place);
    segment.load(probe);
    const groups = segment.scan(place - base, wholeSteps(count), bounds.similarityMin - probe.error);
    collect(task, { segment, place, base, groups }, bounds, found);
    place += count;
    rowsPerStep = Math.min(SCAN_ROWS_MAX, rowsPerStep * 2);
    yield;
  }
  return found;
}

interface Scanned {
  readonly segment: Segment;
  readonly place: number;
  readonly base: number;
  readonly groups: number;
}

function collect(task: SearchTask, scanned: Scanned, bounds: BestPeople, found: Candidates): void {
  const { segment, place, base } = scanned;
  for (let group = 0; group < scanned.groups; group += 1) {
    const word = group * GROUP_WORDS;
    const first = place + (segment.groupRows[word] as number);
    for (let lane = 0; lane < GROUP_ROWS; lane += 1) {
      const row = task.store.rows[first + lane];
      if (!row || !RowStore.isThere(row, task.sequence)) continue;
      const product = segment.groupProducts[word + GROUP_PRODUCTS_AT + lane] as number;
      const error = segment.errorOf(first + lane - base) + task.probe.error;
      if (product + error < bounds.similarityMin) continue;
      found.rows.push(row);
      found.upper.push(product + error);
      bounds.offer(row.personId, row.templateId, clampedLower(product - error));
    }
  }
}

function wholeSteps(rows: number): number {
  return Math.ceil(rows / SCAN_ROWS_STEP) * SCAN_ROWS_STEP;
}

function clamped(similarity: number): number {
  return Math.max(-1, Math.min(1, similarity));
}

/** Similarities outside -1 to 1 tie with the end they are clamped to, so that no bound may set them apart. */
function clampedLower(bound: number): number {
  return bound <= -1 ? -Infinity : Math.min(1, bound);
}
