import { wilsonInterval, type Interval } from '../statistics/interval';
import { quantile } from '../statistics/quantile';
import { rateOf } from '../statistics/score-set';
import type { JudgedVisit, VisitOutcome } from './judge-recording';

/** How many of the visits, and which share that is. */
export interface CountedRate {
  readonly count: number;
  /** Undefined where there are no visits. */
  readonly rate: number | undefined;
  /** 95 %. */
  readonly interval: Interval | undefined;
}

/** Middle and tail; undefined of nothing. */
export interface Spread {
  readonly median: number | undefined;
  readonly p95: number | undefined;
}

/** How long verdicts took. Times of the recording and of the machine are apart: a door's is their sum. */
export interface DecisionTimes {
  readonly decisions: number;
  /** From the first frame in which a face is found at all. */
  readonly fromSeenMs: Spread;
  /** From the first frame in which a face is large enough. */
  readonly fromInRangeMs: Spread;
  /** From the verdict's last frame to the verdict, measured on this machine. */
  readonly processingMs: Spread;
  /** Frames of the face that were embedded. */
  readonly frames: Spread;
}

/** What became of visits. */
export interface VideoFigures {
  readonly enrolled: {
    readonly visits: number;
    /** Passed as themselves. */
    readonly right: CountedRate;
    /** Passed as another. */
    readonly wrongPerson: CountedRate;
    readonly refused: CountedRate;
    /** No verdict: never a face that was good enough. */
    readonly missed: CountedRate;
    /** Passed as themselves, but were refused before. */
    readonly refusedFirst: CountedRate;
  };
  readonly strangers: {
    readonly visits: number;
    /** Passed as somebody. */
    readonly falseGrants: CountedRate;
    readonly refused: CountedRate;
    readonly undecided: CountedRate;
  };
  readonly times: {
    /** Of the enrolled who passed as themselves. */
    readonly passed: DecisionTimes;
    /** Of all who were refused. */
    readonly refused: DecisionTimes;
  };
}

/** A judged visit of somebody who is enrolled, or not. */
export type EnrolledVisit = JudgedVisit & { readonly isEnrolled: boolean };

/** Counts visits. */
export function videoFigures(visits: readonly EnrolledVisit[]): VideoFigures {
  const enrolled = visits.filter(({ isEnrolled }) => isEnrolled);
  const strangers = visits.filter(({ isEnrolled }) => !isEnrolled);
  const rate = (of: readonly EnrolledVisit[], is: (visit: EnrolledVisit) => boolean): CountedRate => {
    const { length: count } = of.filter(is);
    return { count, rate: rateOf(count, of.length), interval: wilsonInterval(count, of.length) };
  };
  const came = (outcome: VisitOutcome) => (visit: EnrolledVisit) => visit.outcome === outcome;
  return {
    enrolled: {
      visits: enrolled.length,
      right: rate(enrolled, came('right')),
      wrongPerson: rate(enrolled, came('wrong')),
      refused: rate(enrolled, came('refused')),
      missed: rate(enrolled, came('undecided')),
      refusedFirst: rate(enrolled, ({ refusedFirst }) => refusedFirst),
    },
    strangers: {
      visits: strangers.length,
      falseGrants: rate(strangers, came('wrong')),
      refused: rate(strangers, came('refused')),
      undecided: rate(strangers, came('undecided')),
    },
    times: {
      passed: timesOf(enrolled.filter(came('right'))),
      refused: timesOf(visits.filter(came('refused'))),
    },
  };
}

function timesOf(visits: readonly JudgedVisit[]): DecisionTimes {
  const of = (value: (visit: JudgedVisit) => number | undefined) =>
    spreadOf(visits.map(value).filter((one) => one !== undefined));
  return {
    decisions: visits.length,
    fromSeenMs: of(({ fromSeenMs }) => fromSeenMs),
    fromInRangeMs: of(({ fromInRangeMs }) => fromInRangeMs),
    processingMs: of(({ decision }) => decision?.processingMs),
    frames: of(({ decision }) => decision?.frames),
  };
}

/** Median and 95th percentile. */
export function spreadOf(values: readonly number[]): Spread {
  return { median: quantile(values, 0.5), p95: quantile(values, 0.95) };
}
