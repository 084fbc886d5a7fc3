/** One exchange with the server: our clock that never jumps before and after, ms; the server's in between, ms since 1970. */
export interface ClockExchange {
  readonly sentAtMs: number;
  readonly answeredAtMs: number;
  /** When the question came there, and when the answer went. */
  readonly receivedMs: number;
  readonly repliedMs: number;
}

/** The server's clock at a moment, ms since 1970, and how far that may be wrong. */
export interface ClockReading {
  readonly serverMs: number;
  readonly errorMs: number;
}

/** A measure: the server's clock minus ours that never jumps. */
interface Sample {
  readonly aheadMs: number;
  readonly errorMs: number;
  readonly atMs: number;
}

const SAMPLES_MAX = 8;
/** How far two clocks may drift apart in a millisecond: twice what cheap crystals do. */
const DRIFT = 1e-4;
/** The server tells whole milliseconds. */
const RESOLUTION_MS = 0.5;

/**
 * Where the server's clock is by the best of several exchanges, as NTP tells it (RFC 5905): the way there and back count
 * as equally long, so that the error is half of the round trip at most, and grows as the measure grows old. Our wall
 * clock has no part in it, and may jump.
 */
export class ClockEstimate {
  #samples: Sample[] = [];

  /** Takes an exchange. Older ones that contradict it are dropped: then the server's clock was set. */
  add({ sentAtMs, answeredAtMs, receivedMs, repliedMs }: ClockExchange): void {
    const sample: Sample = {
      aheadMs: (receivedMs - sentAtMs + (repliedMs - answeredAtMs)) / 2,
      errorMs: RESOLUTION_MS + Math.max(0, answeredAtMs - sentAtMs - (repliedMs - receivedMs)) / 2,
      atMs: answeredAtMs,
    };
    const fitting = this.#samples.filter(
      (each) =>
        Math.abs(each.aheadMs - sample.aheadMs) <=
        errorAt(each, answeredAtMs) + errorAt(sample, answeredAtMs),
    );
    this.#samples = [...fitting, sample].slice(-SAMPLES_MAX);
  }

  /** The reading that is least wrong at that moment of our clock; null before the first exchange. */
  at(monotonicMs: number): ClockReading | null {
    const [first, ...others] = this.#samples;
    if (!first) return null;
    const best = others.reduce(
      (one, other) => (errorAt(other, monotonicMs) <= errorAt(one, monotonicMs) ? other : one),
      first,
    );
    return { serverMs: monotonicMs + best.aheadMs, errorMs: errorAt(best, monotonicMs) };
  }
}

function errorAt({ errorMs, atMs }: Sample, monotonicMs: number): number {
  return errorMs + Math.abs(monotonicMs - atMs) * DRIFT;
}
