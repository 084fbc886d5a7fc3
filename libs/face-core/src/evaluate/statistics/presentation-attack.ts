import { wilsonInterval, type Interval } from './interval';
import { rateOf } from './score-set';

/** One presentation (or one frame of it) to a liveness check. */
export interface Presentation {
  /** Undefined for a live person (bona fide), else the kind of attack (its species). */
  readonly species: string | undefined;
  /** How live it looks, higher is likelier live; undefined when no face was found, so that nothing was judged. */
  readonly score: number | undefined;
}

/** How one kind of attack fared. */
export interface SpeciesRate {
  readonly species: string;
  /** Attacks judged. */
  readonly attacks: number;
  /** Share of judged attacks taken for live people, 0 to 1 (APCER). */
  readonly apcer: number;
  readonly interval: Interval;
  /** Attacks in which no face was found. */
  readonly nonResponses: number;
}

/** Figures of ISO/IEC 30107-3 at one threshold. */
export interface AttackDetection {
  readonly threshold: number;
  /** Worst first. */
  readonly species: readonly SpeciesRate[];
  /** Of the worst kind: an attacker chooses the kind. Undefined without attacks. */
  readonly apcer: number | undefined;
  /** Share of judged live people taken for attacks, 0 to 1. Undefined without live people. */
  readonly bpcer: number | undefined;
  readonly bpcerInterval: Interval | undefined;
  /** Mean of the worst APCER and BPCER: an old summary, kept to compare with papers. */
  readonly acer: number | undefined;
  readonly counts: {
    readonly bonaFide: number;
    readonly attacks: number;
    /** Presentations in which no face was found, which are in no rate (APNRR and BPNRR are these over their totals). */
    readonly nonResponses: { readonly bonaFide: number; readonly attacks: number };
  };
}

/** One judged presentation with the threshold that it is judged at. */
export type JudgedPresentation = Presentation & { readonly threshold: number };

/**
 * APCER by species, the worst of them, BPCER and ACER. A presentation passes as live at `threshold` and above.
 *
 * Each presentation brings its own threshold, so that cross-validated ones can be pooled; `threshold` of the result is
 * their mean.
 */
export function attackDetection(presentations: readonly JudgedPresentation[]): AttackDetection {
  const live = presentations.filter(({ species }) => species === undefined);
  const attacks = presentations.filter(({ species }) => species !== undefined);
  const names = [...new Set(attacks.map(({ species }) => species as string))];
  const species = names
    .map((name) =>
      speciesRate(
        name,
        attacks.filter((attack) => attack.species === name),
      ),
    )
    .sort((a, b) => b.apcer - a.apcer);
  const judged = live.filter(isJudged);
  const refused = judged.filter((one) => !passes(one)).length;
  const apcer = species.find((rate) => rate.attacks > 0)?.apcer;
  const bpcer = rateOf(refused, judged.length);
  return {
    threshold: presentations.reduce((sum, { threshold }) => sum + threshold, 0) / presentations.length,
    species,
    apcer,
    bpcer,
    bpcerInterval: wilsonInterval(refused, judged.length),
    acer: apcer === undefined || bpcer === undefined ? undefined : (apcer + bpcer) / 2,
    counts: {
      bonaFide: live.length,
      attacks: attacks.length,
      nonResponses: {
        bonaFide: live.length - judged.length,
        attacks: attacks.filter((attack) => !isJudged(attack)).length,
      },
    },
  };
}

function speciesRate(species: string, attacks: readonly JudgedPresentation[]): SpeciesRate {
  const judged = attacks.filter(isJudged);
  const passed = judged.filter(passes).length;
  return {
    species,
    attacks: judged.length,
    apcer: rateOf(passed, judged.length) ?? 0,
    interval: wilsonInterval(passed, judged.length) ?? [0, 1],
    nonResponses: attacks.length - judged.length,
  };
}

function isJudged({ score }: Presentation): boolean {
  return score !== undefined;
}

function passes({ score, threshold }: JudgedPresentation): boolean {
  return score !== undefined && score >= threshold;
}
