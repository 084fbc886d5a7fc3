import { failuresIn } from '../runner/face-outcome';
import type { ModelIdentity } from '../runner/model-identity';
import { identification } from '../statistics/identification';
import { wilsonInterval, type Interval } from '../statistics/interval';
import type { ScoreSet } from '../statistics/score-set';
import { tarAtFar } from '../statistics/tar-at-far';
import { byGroup, largestGap, type ByGroup, type GroupGap } from './largest-gap';
import type { Mistake } from './mistakes';
import { mistakesIn, searchGallery, type EmbeddedPeople, type ProbeSearch } from './search-gallery';
import { ratesAt } from './verification';

/** FNIR at a target FPIR. */
export type FnirAtFpir =
  | { readonly fnir: number; readonly interval: Interval; readonly threshold: number; readonly fpir: number }
  | { readonly notEnoughProbes: true; readonly strangersNeeded: number };

/** What a threshold does. Rates are undefined where there is nobody of that kind. */
export interface IdentificationRates {
  readonly threshold: number;
  readonly fpir: number | undefined;
  readonly fpirInterval: Interval | undefined;
  readonly fnir: number | undefined;
  readonly fnirInterval: Interval | undefined;
}

/** The figures of some probes. */
export interface ProbeFigures {
  readonly matedProbes: number;
  readonly nonMatedProbes: number;
  /** Share of mated probes whose person came first. */
  readonly rankOne: number | undefined;
  readonly rankOneInterval: Interval | undefined;
  readonly atModelThreshold: IdentificationRates;
}

/** The figures of one gallery size. */
export interface IdentificationFigures extends ProbeFigures {
  readonly people: number;
  readonly eer: number | undefined;
  readonly fnirAtFpir: Readonly<Record<string, FnirAtFpir>>;
}

/** What `identify` finds for one model. */
export interface IdentifyResult {
  readonly protocol: 'identify';
  readonly data: string;
  readonly model: string;
  readonly counts: {
    readonly people: number;
    readonly templates: number;
    readonly probes: number;
    readonly failedToEnrol: number;
    readonly failedToAcquire: number;
  };
  /** Ascending sizes, the whole gallery last. */
  readonly bySize: readonly IdentificationFigures[];
  /** Of probes, against the whole gallery. */
  readonly groups?: ByGroup<ProbeFigures>;
  readonly largestGap?: GroupGap | undefined;
}

const SIZES = [10, 30, 100, 300, 1_000, 3_000, 10_000, 30_000, 100_000];
const FPIR_TARGETS = { '1e-1': 0.1, '1e-2': 0.01, '1e-3': 0.001 } as const;

/**
 * Searches galleries of growing size for every probe, open set: probes whose person is not enrolled are strangers.
 *
 * Smaller galleries hold the first people in an order that is shuffled once and always the same; people left out
 * become strangers, so the number of probes stays. A probe without an embedding is a miss, or a stranger turned away.
 */
export function evaluateIdentify(
  data: string,
  model: ModelIdentity,
  gallery: EmbeddedPeople,
  probes: EmbeddedPeople,
): { result: IdentifyResult; scores: ScoreSet; mistakes: Mistake[] } {
  const people = shuffled([...new Set(gallery.members.map(({ person }) => person))]);
  const sizes = [...SIZES.filter((size) => size < people.length), people.length];
  const bySize = sizes.map((size) => {
    const searches = searchGallery(new Set(people.slice(0, size)), { gallery, probes, model });
    return { searches, figures: figuresOf(searches, size, model.similarityMin) };
  });
  const searches = bySize.at(-1)?.searches ?? [];
  return {
    result: {
      protocol: 'identify',
      data,
      model: model.id,
      counts: {
        people: people.length,
        templates: gallery.members.length,
        probes: probes.members.length,
        failedToEnrol: failuresIn(gallery.outcomes).total,
        failedToAcquire: failuresIn(probes.outcomes).total,
      },
      bySize: bySize.map(({ figures }) => figures),
      ...grouped(searches, model.similarityMin),
    },
    scores: identification(searches).scores,
    mistakes: mistakesIn(searches, gallery.outcomes.length),
  };
}

function figuresOf(
  searches: readonly ProbeSearch[],
  people: number,
  threshold: number,
): IdentificationFigures {
  const { scores, eer } = identification(searches);
  return {
    people,
    ...probeFigures(searches, threshold),
    eer: eer?.rate,
    fnirAtFpir: Object.fromEntries(
      Object.entries(FPIR_TARGETS).map(([name, target]) => [name, fnirAt(scores, target)]),
    ),
  };
}

function probeFigures(searches: readonly ProbeSearch[], threshold: number): ProbeFigures {
  const { scores, rankOne } = identification(searches);
  const { fmr, fmrInterval, fnmr, fnmrInterval } = ratesAt(scores, threshold);
  const mated = scores.genuine.length;
  return {
    matedProbes: mated,
    nonMatedProbes: scores.impostor.length,
    rankOne,
    rankOneInterval: wilsonInterval(Math.round((rankOne ?? 0) * mated), mated),
    atModelThreshold: {
      threshold,
      fpir: fmr,
      fpirInterval: fmrInterval,
      fnir: fnmr,
      fnirInterval: fnmrInterval,
    },
  };
}

function grouped(
  searches: readonly ProbeSearch[],
  threshold: number,
): Pick<IdentifyResult, 'groups' | 'largestGap'> {
  const groups = byGroup(searches, (members) => probeFigures(members, threshold));
  if (!groups) return {};
  const gap = largestGap(groups, {
    'rank 1': ({ rankOne }) => rankOne,
    fpir: ({ atModelThreshold }) => atModelThreshold.fpir,
    fnir: ({ atModelThreshold }) => atModelThreshold.fnir,
  });
  return { groups, largestGap: gap };
}

function fnirAt(scores: ScoreSet, target: number): FnirAtFpir {
  const found = tarAtFar(scores, target);
  if ('notEnoughPairs' in found) return { notEnoughProbes: true, strangersNeeded: found.impostorNeeded };
  const [low, high] = found.interval;
  return { fnir: 1 - found.tar, interval: [1 - high, 1 - low], threshold: found.threshold, fpir: found.far };
}

/** The same order every time, unlike that of the input, which often is by name. */
function shuffled(people: readonly string[]): string[] {
  const order = [...people].sort();
  let state = 1;
  for (let last = order.length - 1; last > 0; last -= 1) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    const other = Math.floor((state / 2 ** 32) * (last + 1));
    [order[last], order[other]] = [order[other] as string, order[last] as string];
  }
  return order;
}
