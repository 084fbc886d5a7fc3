import { evidenceFor, wilsonInterval, type Interval } from './interval';
import { countBelow, type ScoreSet } from './score-set';

/** How many of the right people pass when at most so many of the wrong ones may. */
export interface TarAtFar {
  /** True accept rate, 0 to 1: 1 - FNMR. */
  readonly tar: number;
  /** The lowest score seen that keeps the false accept rate within the target. */
  readonly threshold: number;
  /** Of the true accept rate, 95 %. */
  readonly interval: Interval;
  /** The false accept rate at the threshold; at most the target. */
  readonly far: number;
  /** Of the false accept rate, 95 %. */
  readonly farInterval: Interval;
  /** `few`: fewer than 30 false accepts are behind it (rule of 30). */
  readonly evidence: 'few' | 'enough';
}

/** A target that the number of impostor comparisons cannot support. */
export interface NotEnoughPairs {
  readonly notEnoughPairs: true;
  /** Impostor comparisons needed to say anything (rule of 3). */
  readonly impostorNeeded: number;
}

/**
 * True accept rate at the lowest threshold whose false accept rate is at most `far`.
 *
 * @param far more than 0, less than 1
 * @returns {@link NotEnoughPairs} where fewer than 3 / far impostor comparisons, or no genuine one, are there
 */
export function tarAtFar({ genuine, impostor }: ScoreSet, far: number): TarAtFar | NotEnoughPairs {
  const evidence = evidenceFor(far, impostor.length);
  const interval = wilsonInterval(genuine.length, genuine.length);
  if (evidence === 'not-enough' || !interval) {
    return { notEnoughPairs: true, impostorNeeded: Math.ceil(3 / far - 1e-6) };
  }
  const allowed = Math.floor(far * impostor.length * (1 + 1e-9));
  const highestRefused = impostor[impostor.length - 1 - allowed] as number;
  const above = justAbove(highestRefused);
  const rejected = countBelow(genuine, above);
  const accepted = impostor.length - countBelow(impostor, above);
  return {
    tar: (genuine.length - rejected) / genuine.length,
    threshold: Math.min(
      genuine[rejected] ?? Infinity,
      impostor[impostor.length - accepted] ?? Infinity,
      // Nothing was seen above it: any higher threshold does the same.
      rejected === genuine.length && accepted === 0 ? above : Infinity,
    ),
    interval: wilsonInterval(genuine.length - rejected, genuine.length) as Interval,
    far: accepted / impostor.length,
    farInterval: wilsonInterval(accepted, impostor.length) as Interval,
    evidence,
  };
}

/** The next larger number that a comparison can tell apart. */
function justAbove(value: number): number {
  if (value === -Infinity) return -Number.MAX_VALUE;
  return value + Math.max(Math.abs(value) * Number.EPSILON, Number.MIN_VALUE);
}
