import { Random } from '../seed/random';

/** Everything that goes wrong in a soak. */
export const TROUBLE_KINDS = [
  /** `kill -9` of a door's agent. */
  'agent-killed',
  /** `kill -9` of what reads a camera. */
  'camera-cut',
  /** What reads a camera stands still, and with it the picture. */
  'camera-stuck',
  /** `kill -9` of the server, which is started again later. */
  'server-cut',
  /** The wall clock of a door jumps. */
  'clock-stepped',
  /** The disk of a door has no room at all. */
  'disk-filled',
] as const;

export type TroubleKind = (typeof TROUBLE_KINDS)[number];

/** One thing that goes wrong. */
export interface Trouble {
  readonly kind: TroubleKind;
  /** Since the soak began, ms. */
  readonly atMs: number;
  /** Index of the door; 0 where it is of no door. */
  readonly door: number;
  /** How long it lasts; 0: it is over at once. */
  readonly forMs: number;
  /** How far a clock is then from the true one, ms; 0 of all else. */
  readonly byMs: number;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const STEPS_MS = [HOUR_MS, -HOUR_MS, 0] as const;

interface Rhythm {
  readonly everyMs: number;
  readonly forMs: readonly [number, number];
}

const RHYTHM: Readonly<Record<TroubleKind, Rhythm>> = {
  'agent-killed': { everyMs: MINUTE_MS, forMs: [0, 1] },
  'camera-cut': { everyMs: 15_000, forMs: [0, 1] },
  'camera-stuck': { everyMs: 3 * MINUTE_MS, forMs: [6_000, 15_000] },
  'server-cut': { everyMs: 3 * MINUTE_MS, forMs: [3_000, 20_000] },
  'clock-stepped': { everyMs: 2 * MINUTE_MS, forMs: [0, 1] },
  'disk-filled': { everyMs: 4 * MINUTE_MS, forMs: [15_000, 40_000] },
};

/**
 * Plans what goes wrong, in its order; the same seed plans the same. Each kind comes at least once, however short the
 * soak, and once in each stretch of its own rhythm. The second door is never killed: its memory is what is watched.
 */
export function planTrouble(seed: number, durationMs: number): Trouble[] {
  const random = new Random(seed);
  return TROUBLE_KINDS.flatMap((kind) => {
    const { everyMs, forMs } = RHYTHM[kind];
    const stretches = Math.max(1, Math.floor(durationMs / everyMs));
    const stretchMs = durationMs / stretches;
    return Array.from({ length: stretches }, (_, index): Trouble => {
      const lastsMs = Math.min(forMs[0] + random.below(forMs[1] - forMs[0]), Math.floor(durationMs / 5));
      const atMs = Math.floor(index * stretchMs + random.unit() * Math.max(0, stretchMs - lastsMs) * 0.9);
      return {
        ...{ kind, atMs, forMs: lastsMs },
        door: kind === 'agent-killed' || kind === 'server-cut' ? 0 : random.below(2),
        byMs: kind === 'clock-stepped' ? (STEPS_MS[index % STEPS_MS.length] ?? 0) : 0,
      };
    });
  }).sort((a, b) => a.atMs - b.atMs);
}
