import { Random } from './random';
import type { SeededOrganisation } from './seed-site';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** How busy each hour of a working day is: people come, go to lunch, and leave. UTC+9, as the made-up sites are in Korea. */
const HOURS = [1, 1, 1, 1, 1, 2, 8, 30, 60, 35, 15, 22, 40, 28, 15, 14, 16, 30, 45, 25, 12, 6, 3, 2];
const ZONE_HOURS = 9;
const WEEKEND = 0.15;

/** Of a thousand visits. */
const DENIED = 55;
const AMBIGUOUS = 8;

/** An hour with events, and how many. */
export interface Slot {
  readonly startMs: number;
  readonly count: number;
}

/**
 * Spreads events over the hours of a period as people are about. The counts add up to `events` exactly.
 *
 * @param fromMs first hour, ms since 1970, on a full hour
 * @param untilMs end, exclusive
 */
export function spread(events: number, fromMs: number, untilMs: number): Slot[] {
  const starts: number[] = [];
  for (let startMs = fromMs; startMs < untilMs; startMs += HOUR_MS) starts.push(startMs);
  const total = starts.reduce((sum, startMs) => sum + weightOf(startMs), 0);
  const slots: Slot[] = [];
  let weight = 0;
  let placed = 0;
  for (const startMs of starts) {
    weight += weightOf(startMs);
    const target = Math.round((events * weight) / total);
    slots.push({ startMs, count: target - placed });
    placed = target;
  }
  return slots;
}

function weightOf(startMs: number): number {
  const local = new Date(startMs + ZONE_HOURS * HOUR_MS);
  const weekend = local.getUTCDay() === 0 || local.getUTCDay() === 6;
  return (HOURS[local.getUTCHours()] ?? 0) * (weekend ? WEEKEND : 1);
}

/** Makes the rows of access events, hour after hour; each door counts its own. */
export class EventRows {
  /** The last sequence of each door. */
  readonly sequences: Float64Array;
  private readonly random: Random;
  /** Up to which number of a unit draw each door is chosen: a few doors are passed often, many seldom. */
  private readonly doorShares: Float64Array;

  constructor(
    private readonly organisation: SeededOrganisation,
    seed: number,
  ) {
    this.random = new Random(seed + 1);
    this.sequences = new Float64Array(organisation.doors.length);
    this.doorShares = sharesOf(organisation.doors.length);
  }

  /** The rows of one hour as text for COPY, in the order of {@link EVENT_COLUMNS} and of time. */
  *of({ startMs, count }: Slot): Iterable<string> {
    for (let index = 0; index < count; index++) {
      yield this.row(startMs + Math.floor(((index + this.random.unit()) * HOUR_MS) / count));
    }
  }

  private row(ms: number): string {
    const { random, organisation } = this;
    const place = doorOf(this.doorShares, random.unit());
    const door = organisation.doors[place]!;
    const sequence = ++this.sequences[place]!;
    const draw = random.below(1000);
    const reason = draw >= DENIED ? 'matched' : draw < AMBIGUOUS ? 'ambiguous' : 'unknown-person';
    const granted = reason === 'matched';
    const similarity = (granted ? 0.62 + random.unit() * 0.3 : 0.1 + random.unit() * 0.3).toFixed(4);
    const runnerUp = (0.05 + random.unit() * 0.3).toFixed(4);
    const person = granted ? this.personAt(door.site) : '\\N';
    const at = new Date(ms).toISOString();
    const received = new Date(ms + 40 + random.below(400)).toISOString();
    return (
      `${random.uuid(ms)}\t${door.id}\t${organisation.sites[door.site]!.id}\t${door.epoch}\t${sequence}\t${at}\t` +
      `${received}\t${ms % DAY_MS}\t${random.below(20) - 10}\t${random.uuid(ms)}\t${granted ? 'granted' : 'denied'}\t` +
      `${reason}\t${person}\t${similarity}\t${runnerUp}\t0.5\tmobilefacenet-192\t1\n`
    );
  }

  /** Somebody who works there; where nobody does, anybody. */
  private personAt(site: number): string {
    const { people, sites } = this.organisation;
    const there = Math.floor((people.length - site + sites.length - 1) / sites.length);
    const person =
      there > 0 ? site + sites.length * this.random.below(there) : this.random.below(people.length);
    return people[person]!.id;
  }
}

/** The columns of a row of {@link EventRows}. */
export const EVENT_COLUMNS = `id, door_id, site_id, epoch, sequence, occurred_at, received_at, monotonic_ms,
  clock_offset_ms, track_id, outcome, reason, person_id, similarity, runner_up_similarity, similarity_min, model_id,
  applied_revision`;

function sharesOf(doors: number): Float64Array {
  const weights = Float64Array.from({ length: doors }, (_, rank) => 1 / (rank + 10) ** 0.7);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let sum = 0;
  return weights.map((weight) => (sum += weight) / total);
}

/** The first door whose share reaches the draw. */
function doorOf(shares: Float64Array, draw: number): number {
  let [low, high] = [0, shares.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (shares[middle]! > draw) high = middle;
    else low = middle + 1;
  }
  return low;
}
