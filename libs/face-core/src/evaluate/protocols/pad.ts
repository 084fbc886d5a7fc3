import { FaceCoreError } from '../../errors';
import { fuseLiveness } from '../../liveness/liveness-fusion';
import type { Groups } from '../readers/groups';
import type { PadFrame, PadLabels } from '../readers/pad-labels';
import { equalErrorRate } from '../statistics/equal-error-rate';
import { attackDetection, type AttackDetection } from '../statistics/presentation-attack';
import { areaUnderRoc } from '../statistics/roc';
import { scoreSet, type ScoreSet } from '../statistics/score-set';
import { byGroup, largestGap, type ByGroup, type GroupGap } from './largest-gap';

/** What a threshold rests on. */
export type ThresholdSource =
  /** Given by the user. */
  | { readonly kind: 'given'; readonly threshold: number }
  /** EER threshold of another set of labels. */
  | { readonly kind: 'development'; readonly labels: PadLabels; readonly scores: readonly LivenessScore[] }
  /** EER threshold of the other people in the same set, five folds of people. */
  | { readonly kind: 'other-people' };

/** Of one frame; undefined when no face was found. */
export type LivenessScore = number | undefined;

/** Figures at one level, frames or whole presentations. */
export interface PadFigures extends AttackDetection {
  readonly auc: number | undefined;
  readonly eer: number | undefined;
  readonly groups?: ByGroup<AttackDetection>;
  /** Of the worst kind's APCER, or of BPCER. */
  readonly largestGap?: GroupGap | undefined;
}

/** What `pad` finds for one model. */
export interface PadResult {
  readonly protocol: 'pad';
  readonly data: string;
  readonly model: string;
  readonly thresholdFrom: ThresholdSource['kind'];
  readonly perFrame: PadFigures;
  /** Frames of a presentation fused as the product fuses them, from one frame on. */
  readonly perPresentation: PadFigures;
}

const FOLDS = 5;

/** A presentation or a frame of it, ready to be judged. */
interface Judgeable {
  readonly species: string | undefined;
  readonly score: LivenessScore;
  readonly client: string;
  readonly groups: Groups;
}

/**
 * Judges a liveness check by ISO/IEC 30107-3. The threshold never comes from the people it is applied to.
 *
 * @param scores for each frame, in the order of the labels
 * @throws {FaceCoreError} `evaluate/no-split` when people cannot be parted and no threshold is given, or a split has
 *   only one kind of presentation
 */
export function evaluatePad(
  data: string,
  labels: PadLabels,
  model: string,
  options: { readonly scores: readonly LivenessScore[]; readonly threshold: ThresholdSource },
): { result: PadResult; scores: ScoreSet } {
  const { scores, threshold } = options;
  const frames = framesOf(labels, scores);
  const presentations = presentationsOf(labels, scores);
  const other = threshold.kind === 'development' ? threshold : undefined;
  const result: PadResult = {
    protocol: 'pad',
    data,
    model,
    thresholdFrom: threshold.kind,
    perFrame: figuresOf(frames, threshold, other && framesOf(other.labels, other.scores)),
    perPresentation: figuresOf(
      presentations,
      threshold,
      other && presentationsOf(other.labels, other.scores),
    ),
  };
  return { result, scores: setOf(presentations) };
}

function framesOf(labels: PadLabels, scores: readonly LivenessScore[]): Judgeable[] {
  return labels.frames.map((frame, at) => ({ ...frame, score: scores[at] }));
}

function presentationsOf(labels: PadLabels, scores: readonly LivenessScore[]): Judgeable[] {
  const byPresentation = new Map<string, { frame: PadFrame; score: LivenessScore }[]>();
  for (const [at, frame] of labels.frames.entries()) {
    const members = byPresentation.get(frame.presentation) ?? [];
    members.push({ frame, score: scores[at] });
    byPresentation.set(frame.presentation, members);
  }
  return [...byPresentation.values()].map((members) => {
    const window = members
      .sort((a, b) => a.frame.frame - b.frame.frame)
      .flatMap(({ frame, score }) => (score === undefined ? [] : [{ atMs: frame.frame, score }]));
    const { species, client, groups } = (members[0] as { frame: PadFrame }).frame;
    return { species, client, groups, score: fuseLiveness(window, { framesMin: 1 })?.score };
  });
}

function figuresOf(
  items: readonly Judgeable[],
  source: ThresholdSource,
  development: readonly Judgeable[] | undefined,
): PadFigures {
  const fixed = source.kind === 'given' ? source.threshold : development && eerThreshold(development);
  const folds = foldOf(items);
  const perFold = new Map<number, number>();
  const thresholdFor = (fold: number): number => {
    if (fixed !== undefined) return fixed;
    const known = perFold.get(fold) ?? eerThreshold(items.filter(({ client }) => folds(client) !== fold));
    perFold.set(fold, known);
    return known;
  };
  const judged = items.map((item) => ({ ...item, threshold: thresholdFor(folds(item.client)) }));
  const scores = setOf(items);
  return {
    ...attackDetection(judged),
    auc: areaUnderRoc(scores),
    eer: equalErrorRate(scores)?.rate,
    ...grouped(judged),
  };
}

function grouped(
  judged: readonly (Judgeable & { readonly threshold: number })[],
): Pick<PadFigures, 'groups' | 'largestGap'> {
  const groups = byGroup(judged, attackDetection);
  if (!groups) return {};
  return {
    groups,
    largestGap: largestGap(groups, { apcer: ({ apcer }) => apcer, bpcer: ({ bpcer }) => bpcer }),
  };
}

/** Parts people into folds, always the same way. */
function foldOf(items: readonly Judgeable[]): (client: string) => number {
  const clients = [...new Set(items.map(({ client }) => client))].sort();
  const folds = new Map(clients.map((client, at) => [client, at % FOLDS]));
  return (client) => folds.get(client) as number;
}

function eerThreshold(items: readonly Judgeable[]): number {
  const threshold = equalErrorRate(setOf(items))?.threshold;
  if (threshold !== undefined) return threshold;
  throw new FaceCoreError(
    'evaluate/no-split',
    'A threshold must come from live people and attacks other than those it is applied to: give --threshold, or ' +
      '--development-labels, or labels with several clients.',
  );
}

function setOf(items: readonly Judgeable[]): ScoreSet {
  const of = (live: boolean) =>
    items.flatMap(({ species, score }) =>
      (species === undefined) === live && score !== undefined ? [score] : [],
    );
  return scoreSet(of(true), of(false));
}
