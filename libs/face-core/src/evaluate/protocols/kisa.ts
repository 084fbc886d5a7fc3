import { cosineSimilarity } from '../../embed/embedding';
import { embeddingOf, type FaceOutcome } from '../runner/face-outcome';
import type { ModelIdentity } from '../runner/model-identity';
import type { Groups } from '../readers/groups';
import type { KisaImage, KisaManifest } from '../readers/kisa-manifest';
import { equalErrorRate } from '../statistics/equal-error-rate';
import { scoreSet } from '../statistics/score-set';
import { WorstMistakes } from './mistakes';
import type { VerificationRun } from './pairs';
import { subgroups, type Subgroups } from './subgroups';
import {
  ratesAt,
  verificationFigures,
  type RatesAtThreshold,
  type VerificationFigures,
} from './verification';

/** Largest EER with which each category passes, as KISA's certification test has it. */
export const KISA_LIMITS: Readonly<Record<string, number>> = {
  lighting: 0.01,
  expression: 0.02,
  pose: 0.02,
  accessory: 0.015,
};

/** The figures of one category, or of one condition of it. */
export interface KisaFigures extends RatesAtThreshold {
  /** Comparisons, those that could not be made included. */
  readonly genuine: number;
  readonly impostor: number;
  /** Of all comparisons: those that could not be made are rejections. */
  readonly eer: number | undefined;
}

/** One category against its pass mark. */
export interface KisaCategory extends KisaFigures {
  /** Undefined for a category that the certification test does not have. */
  readonly limit: number | undefined;
  readonly pass: boolean | undefined;
}

/** What `kisa` finds for one model. */
export interface KisaResult extends VerificationFigures, Partial<Subgroups> {
  readonly protocol: 'kisa';
  readonly data: string;
  readonly model: string;
  readonly counts: {
    readonly people: number;
    readonly probes: number;
    readonly genuine: number;
    readonly impostor: number;
    /** Registration pictures without an embedding. */
    readonly failedToEnrol: number;
    /** Probes without an embedding. */
    readonly failedToAcquire: number;
  };
  readonly categories: Readonly<Record<string, KisaCategory>>;
  /** By `category/condition`. */
  readonly conditions: Readonly<Record<string, KisaFigures>>;
  /** Whether every category that has a limit keeps it; undefined when none has. */
  readonly pass: boolean | undefined;
}

interface Comparison {
  readonly score: number;
  readonly same: boolean;
  readonly probe: KisaImage;
  readonly groups: Groups;
}

/**
 * Compares every probe with every registration, as the certification test does.
 *
 * A probe or registration without an embedding is not left out: its comparisons count as rejections.
 */
export function evaluateKisa(
  data: string,
  manifest: KisaManifest,
  model: ModelIdentity,
  outcomes: readonly FaceOutcome[],
): VerificationRun<KisaResult> {
  const threshold = model.similarityMin;
  const mistakes = new WorstMistakes();
  const comparisons = compare(manifest, outcomes, mistakes);
  const scores = scoresOf(comparisons);
  const categories = mapValues(
    groupBy(comparisons, ({ probe }) => probe.category),
    (members, name) => categoryOf(name, figuresOf(members, threshold)),
  );
  const judged = Object.values(categories).flatMap(({ pass }) => (pass === undefined ? [] : [pass]));
  const without = (members: readonly KisaImage[]) =>
    members.filter(({ image }) => outcomes[image]?.kind !== 'face').length;
  const result: KisaResult = {
    protocol: 'kisa',
    data,
    model: model.id,
    counts: {
      people: manifest.registrations.length,
      probes: manifest.probes.length,
      genuine: scores.genuine.length,
      impostor: scores.impostor.length,
      failedToEnrol: without(manifest.registrations),
      failedToAcquire: without(manifest.probes),
    },
    ...verificationFigures(scores, threshold),
    categories,
    conditions: mapValues(
      groupBy(comparisons, ({ probe }) => `${probe.category}/${probe.condition}`),
      (members) => figuresOf(members, threshold),
    ),
    pass: judged.length > 0 ? judged.every(Boolean) : undefined,
    ...subgroups(comparisons, threshold),
  };
  return { result, scores, mistakes: mistakes.list() };
}

function compare(
  { registrations, probes }: KisaManifest,
  outcomes: readonly FaceOutcome[],
  mistakes: WorstMistakes,
): Comparison[] {
  return probes.flatMap((probe) => {
    const mine = embeddingOf(outcomes[probe.image]);
    return registrations.map((registration) => {
      const theirs = embeddingOf(outcomes[registration.image]);
      const score = mine && theirs ? cosineSimilarity(mine, theirs) : -Infinity;
      const same = probe.person === registration.person;
      if (mine && theirs) mistakes.offer(same, score, probe.image, registration.image);
      return { score, same, probe, groups: same ? probe.groups : sharedGroups(probe, registration) };
    });
  });
}

/**
 * The groups that an impostor comparison speaks for: strangers who share a trait are the hard ones, so sex, age and
 * ethnicity count only where both have it. Glasses and camera belong to a picture, not a person: the probe's count.
 */
function sharedGroups(probe: KisaImage, registration: KisaImage): Groups {
  // Most manifests have none, and there are millions of comparisons.
  if (Object.keys(probe.groups).length === 0) return probe.groups;
  const ofPicture = ['glasses', 'camera'];
  return Object.fromEntries(
    Object.entries(probe.groups).filter(
      ([column, value]) => ofPicture.includes(column) || registration.groups[column] === value,
    ),
  );
}

function figuresOf(comparisons: readonly Comparison[], threshold: number): KisaFigures {
  const scores = scoresOf(comparisons);
  return {
    genuine: scores.genuine.length,
    impostor: scores.impostor.length,
    eer: equalErrorRate(scores)?.rate,
    ...ratesAt(scores, threshold),
  };
}

function categoryOf(name: string, figures: KisaFigures): KisaCategory {
  const limit = KISA_LIMITS[name];
  const { eer } = figures;
  return { ...figures, limit, pass: limit === undefined || eer === undefined ? undefined : eer <= limit };
}

function scoresOf(comparisons: readonly Comparison[]) {
  const of = (same: boolean) => comparisons.filter((one) => one.same === same).map(({ score }) => score);
  return scoreSet(of(true), of(false));
}

function groupBy<Item>(items: readonly Item[], key: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const members = groups.get(key(item));
    if (members) members.push(item);
    else groups.set(key(item), [item]);
  }
  return groups;
}

function mapValues<In, Out>(map: ReadonlyMap<string, In>, change: (value: In, key: string) => Out) {
  return Object.fromEntries([...map].map(([key, value]) => [key, change(value, key)]));
}
