import type { FaceMeasures } from './face-measures';

/** How long an embedding was before it was scaled to length 1, and the model that made it. */
export interface EmbeddingLength {
  /** As in `models.lock.json`. */
  readonly modelId: string;
  readonly length: number;
}

/** What one unit of each hindrance adds to the logit of a false non-match. */
type Weights = Readonly<Record<keyof ReturnType<typeof hindrancesOf>, number>>;

/** The model whose lengths the weights below were fitted to. */
const LENGTH_MODEL_ID = 'mobilefacenet-192';
/** An embedding from this length on is as good as any. */
const LENGTH_GOOD = 73;
const LENGTH_WEIGHT = 0.108;

/** Logit of a false non-match of two flawless pictures, and weights, where the length is not known. */
const WITHOUT_LENGTH: { logit: number; weights: Weights } = {
  logit: -2.73,
  weights: {
    small: 0.23,
    blurred: 4.1,
    dark: 2.1,
    bright: 13.4,
    flat: 0.03,
    turned: 1.7,
    nodded: 0.18,
    tilted: 0.65,
    shut: 0.05,
    hidden: 2.12,
    black: 1.66,
    cut: 3.14,
  },
};

/** The same where the length is known: it tells most of what the other measures only hint at. */
const WITH_LENGTH: { logit: number; weights: Weights } = {
  logit: -3.85,
  weights: {
    small: 0.15,
    blurred: 3.1,
    dark: 0,
    bright: 10.8,
    flat: 0,
    turned: 0.83,
    nodded: 0,
    tilted: 0.17,
    shut: 0.07,
    hidden: 1.62,
    black: 0.49,
    cut: 2.22,
  },
};

/**
 * The estimated chance that a face matches a flawless picture of the same person, 0 to 1.
 * ISO/IEC 29794-5: UnifiedQualityScore (there 0 to 100).
 *
 * A logistic model of false non-match by `mobilefacenet-192` at cosine 0.60: each picture of a pair adds its hindrances
 * to the logit. Fitted with weights of 0 or more to 1,317 genuine pairs of LFW, CFP (frontal and profile) and Yale, and
 * 2,398 pairs of LFW and CFP pictures of which one was made small, blurred, shaken, dark, bright, lit from one side,
 * compressed or covered. Light from one side, eyes on pixels alone and an open mouth got little weight or none: this
 * embedder bears them.
 *
 * False non-match rate in per cent after the worst pictures' pairs are rejected, five-fold cross-validated by person:
 *
 * | pairs | measure | 0 | 5 | 10 | 20 | 30 % rejected |
 * |---|---|---|---|---|---|---|
 * | all four sets | without length | 26.0 | 22.9 | 20.2 | 14.3 | 9.9 |
 * | | with length | 26.0 | 22.6 | 19.1 | 12.6 | 8.1 |
 * | LFW | without | 9.6 | 8.6 | 8.0 | 7.8 | 8.0 |
 * | | with | 9.6 | 8.0 | 5.8 | 5.0 | 4.0 |
 * | CFP frontal | without | 17.4 | 15.6 | 15.5 | 15.6 | 16.6 |
 * | | with | 17.4 | 14.7 | 13.9 | 10.9 | 9.1 |
 * | degraded | without | 43.0 | 40.3 | 37.9 | 34.9 | 30.3 |
 * | | with | 43.0 | 40.1 | 37.1 | 31.5 | 26.2 |
 *
 * The area under the curve of false non-match against the worse picture's score is 0.83 without and 0.90 with the
 * length over all sets; among good frontal pictures alone (LFW) 0.61 and 0.79. So pass the length where there is one.
 *
 * @param embedding its length is used when it is of the model named above, else left out
 */
export function overallScore(measures: FaceMeasures, embedding?: EmbeddingLength): number {
  const isKnown = embedding?.modelId === LENGTH_MODEL_ID && Number.isFinite(embedding.length);
  const { logit, weights } = isKnown ? WITH_LENGTH : WITHOUT_LENGTH;
  let sum = logit;
  for (const [name, amount] of Object.entries(hindrancesOf(measures))) {
    sum += amount * weights[name as keyof Weights];
  }
  if (isKnown) sum += LENGTH_WEIGHT * Math.max(0, LENGTH_GOOD - embedding.length);
  return 1 / (1 + Math.exp(sum));
}

/** What hinders a match, each 0 where it does not. */
function hindrancesOf(m: FaceMeasures) {
  return {
    small: Math.max(0, -Math.log2(Math.max(m.interEyeDistancePx, 2) / 40)),
    blurred: Math.max(0, 0.25 - m.sharpness),
    dark: Math.max(0, 0.3 - m.brightness),
    bright: Math.max(0, m.brightness - 0.7),
    flat: Math.max(0, 0.4 - m.contrast),
    turned: (m.yawDeg / 45) ** 2,
    nodded: Math.abs(m.pitchDeg) / 30,
    tilted: Math.abs(m.rollDeg) / 30,
    shut: 1 - m.eyesOpen,
    hidden: m.occlusion,
    black: m.underExposed,
    cut: 1 - m.inFrame,
  };
}
