import { Random } from '../seed/random';

/** Whose messages: the door's to the server, or the server's to the door. */
export type Direction = 'up' | 'down';

/** One thing that happens in a script. Times in ms. */
export type Step =
  | { readonly kind: 'events'; readonly count: number }
  | { readonly kind: 'person' }
  | { readonly kind: 'person-gone' }
  | { readonly kind: 'settings'; readonly unlockMs: number }
  | { readonly kind: 'command'; readonly command: 'unlock' | 'lock' | 'identify' }
  | { readonly kind: 'late-command'; readonly expiresInMs: number; readonly heldMs: number }
  | { readonly kind: 'cut' }
  | { readonly kind: 'half-open'; readonly forMs: number }
  | { readonly kind: 'duplicate' | 'reorder' | 'corrupt'; readonly direction: Direction }
  | { readonly kind: 'delay'; readonly direction: Direction; readonly byMs: number }
  | { readonly kind: 'kill-door'; readonly downMs: number }
  | { readonly kind: 'kill-server' }
  | { readonly kind: 'disk-full'; readonly forMs: number }
  | { readonly kind: 'clock-jump'; readonly byMs: number }
  | { readonly kind: 'old-door' | 'new-door' | 'new-server'; readonly forMs: number };

/** A step and how long the script waits before it, ms. */
export interface TimedStep {
  readonly afterMs: number;
  readonly step: Step;
}

/** A script as its seed determines it. */
export interface Script {
  readonly seed: number;
  readonly steps: readonly TimedStep[];
}

const [STEPS_MIN, STEPS_MAX] = [8, 16];
const GAP_MAX_MS = 70;
const HOUR_MS = 3_600_000;

type Maker = (random: Random) => Step;
const direction = (random: Random): Direction => random.pick(['up', 'down']);

/** How often each step comes, and how it is made. Killing the server costs seconds, and hits all scripts at once. */
const MAKERS: readonly (readonly [weight: number, make: Maker])[] = [
  [30, (random) => ({ kind: 'events', count: 1 + random.below(12) })],
  [12, () => ({ kind: 'person' })],
  [4, () => ({ kind: 'person-gone' })],
  [8, (random) => ({ kind: 'settings', unlockMs: 500 + random.below(5_000) })],
  [14, (random) => ({ kind: 'command', command: random.pick(['unlock', 'unlock', 'lock', 'identify']) })],
  [4, (random) => ({ kind: 'late-command', expiresInMs: random.below(120), heldMs: random.below(240) })],
  [10, () => ({ kind: 'cut' })],
  [5, (random) => ({ kind: 'half-open', forMs: 20 + random.below(300) })],
  [7, (random) => ({ kind: 'duplicate', direction: direction(random) })],
  [7, (random) => ({ kind: 'reorder', direction: direction(random) })],
  [5, (random) => ({ kind: 'corrupt', direction: direction(random) })],
  [5, (random) => ({ kind: 'delay', direction: direction(random), byMs: 5 + random.below(120) })],
  [4, (random) => ({ kind: 'kill-door', downMs: random.below(150) })],
  [0.7, () => ({ kind: 'kill-server' })],
  [4, (random) => ({ kind: 'disk-full', forMs: 20 + random.below(200) })],
  [5, (random) => ({ kind: 'clock-jump', byMs: Math.round((random.unit() - 0.5) * 48 * HOUR_MS) })],
  [3, (random) => ({ kind: 'old-door', forMs: 60 + random.below(200) })],
  [3, (random) => ({ kind: 'new-door', forMs: 60 + random.below(200) })],
  [3, (random) => ({ kind: 'new-server', forMs: 60 + random.below(200) })],
];
const WEIGHT = MAKERS.reduce((sum, [weight]) => sum + weight, 0);

/** The script of a seed: the same on every machine. Every script has events, a change and a command. */
export function scriptOf(seed: number): Script {
  const random = new Random(seed);
  const first: Step[] = [
    { kind: 'person' },
    { kind: 'events', count: 1 + random.below(12) },
    { kind: 'command', command: 'unlock' },
  ];
  const count = STEPS_MIN + random.below(STEPS_MAX - STEPS_MIN + 1);
  const others = Array.from({ length: count - first.length }, () => stepOf(random));
  const steps = shuffled([...first, ...others], random);
  return { seed, steps: steps.map((step) => ({ afterMs: random.below(GAP_MAX_MS), step })) };
}

/** The seeds of a run's scripts, which follow from the run's own. */
export function seedsOf(seed: number, count: number): number[] {
  const random = new Random(seed);
  return Array.from({ length: count }, () => random.uint32());
}

/** A step in words. */
export function tell({ afterMs, step: { kind, ...facts } }: TimedStep): string {
  const told = Object.entries(facts).map(([name, value]) => `${name} ${String(value)}`);
  return `+${afterMs} ms ${[kind, ...told].join(', ')}`;
}

function stepOf(random: Random): Step {
  let left = random.unit() * WEIGHT;
  for (const [weight, make] of MAKERS) {
    left -= weight;
    if (left < 0) return make(random);
  }
  return { kind: 'cut' };
}

function shuffled<T>(items: readonly T[], random: Random): T[] {
  const rest = [...items];
  return Array.from({ length: items.length }, () => rest.splice(random.below(rest.length), 1)[0] as T);
}
