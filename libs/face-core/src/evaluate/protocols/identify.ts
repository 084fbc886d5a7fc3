import { dot } from '../../embed/embedding';
import { embeddingOf, failuresIn, type FaceOutcome } from '../runner/face-outcome';
import type { ModelIdentity } from '../runner/model-identity';
import type { PersonImage } from '../readers/images';
import { identification, type SearchOutcome } from '../statistics/identification';
import { errorRatesAt, type ScoreSet } from '../statistics/score-set';
import { tarAtFar } from '../statistics/tar-at-far';

/** Pictures of people with what became of them, in one order. */
export interface EmbeddedPeople {
  readonly members: readonly PersonImage[];
  readonly outcomes: readonly FaceOutcome[];
}

/** FNIR at a target FPIR. */
export type FnirAtFpir =
  | { readonly fnir: number; readonly threshold: number; readonly fpir: number }
  | { readonly notEnoughProbes: true; readonly strangersNeeded: number };

/** The figures of one gallery size. */
export interface IdentificationFigures {
  readonly people: number;
  readonly matedProbes: number;
  readonly nonMatedProbes: number;
  /** Share of mated probes whose person came first. */
  readonly rankOne: number | undefined;
  readonly eer: number | undefined;
  readonly fnirAtFpir: Readonly<Record<string, FnirAtFpir>>;
  readonly atModelThreshold: {
    readonly threshold: number;
    readonly fpir: number | undefined;
    readonly fnir: number | undefined;
  };
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
): { result: IdentifyResult; scores: ScoreSet } {
  const people = shuffled([...new Set(gallery.members.map(({ person }) => person))]);
  const sizes = [...SIZES.filter((size) => size < people.length), people.length];
  const tables = sizes.map((size) => searchAll(new Set(people.slice(0, size)), { gallery, probes, model }));
  const last = tables.at(-1) as ReturnType<typeof identification>;
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
      bySize: tables.map((found, at) => figuresOf(found, sizes[at] as number, model.similarityMin)),
    },
    scores: last.scores,
  };
}

function searchAll(
  enrolled: ReadonlySet<string>,
  { gallery, probes, model }: { gallery: EmbeddedPeople; probes: EmbeddedPeople; model: ModelIdentity },
) {
  const { dimension } = model;
  const templates = gallery.members.flatMap(({ image, person }) => {
    const embedding = enrolled.has(person) ? embeddingOf(gallery.outcomes[image]) : undefined;
    return embedding ? [{ person, embedding }] : [];
  });
  const rows = new Float32Array(templates.length * dimension);
  for (const [at, { embedding }] of templates.entries()) rows.set(embedding, at * dimension);
  return identification(
    probes.members.map(({ image, person }): SearchOutcome => {
      const probe = embeddingOf(probes.outcomes[image]);
      let [bestScore, best] = [-Infinity, -1];
      for (let at = 0; probe && at < templates.length; at += 1) {
        const score = dot(probe, rows, at * dimension);
        if (score > bestScore) [bestScore, best] = [score, at];
      }
      return { mated: enrolled.has(person), rankOne: templates[best]?.person === person, bestScore };
    }),
  );
}

function figuresOf(
  { scores, rankOne, eer }: ReturnType<typeof identification>,
  people: number,
  threshold: number,
): IdentificationFigures {
  const { fmr: fpir, fnmr: fnir } = errorRatesAt(scores, threshold);
  return {
    people,
    matedProbes: scores.genuine.length,
    nonMatedProbes: scores.impostor.length,
    rankOne,
    eer: eer?.rate,
    fnirAtFpir: Object.fromEntries(
      Object.entries(FPIR_TARGETS).map(([name, target]) => [name, fnirAt(scores, target)]),
    ),
    atModelThreshold: { threshold, fpir, fnir },
  };
}

function fnirAt(scores: ScoreSet, target: number): FnirAtFpir {
  const found = tarAtFar(scores, target);
  if ('notEnoughPairs' in found) return { notEnoughProbes: true, strangersNeeded: found.impostorNeeded };
  return { fnir: 1 - found.tar, threshold: found.threshold, fpir: found.far };
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
