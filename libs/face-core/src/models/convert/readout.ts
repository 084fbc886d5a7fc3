/**
 * How the channels that a network was trained with are read from those that are computed: each is a weighted sum of
 * some. Whatever reads the tensor takes the sum into its own weights.
 */
export interface Readout {
  /** Channels that are computed. */
  readonly computed: number;
  /** For each channel of the trained network the computed ones it is made of, with their factors. */
  readonly terms: readonly (readonly ReadoutTerm[])[];
}

/** A computed channel and what it is multiplied by. */
export interface ReadoutTerm {
  readonly channel: number;
  readonly factor: number;
}

/** Sizes of weights, row-major: outputs, inputs, and positions of a kernel (1 for a dense layer). */
export interface WeightShape {
  readonly outputs: number;
  readonly inputs: number;
  readonly area: number;
}

/** Channels as they were trained; more may be computed, which nobody reads. */
export function plainReadout(channels: number, computed: number = channels): Readout {
  return {
    computed,
    terms: Array.from({ length: channels }, (_, channel) => [{ channel, factor: 1 }]),
  };
}

/** Weights for the computed channels that give what the given ones give for the trained ones. */
export function readThrough(
  weights: Float32Array,
  { outputs, inputs, area }: WeightShape,
  readout: Readout,
): Float32Array {
  // Sums in double precision: a factor's rounding must not add to the weights'.
  const result = new Float64Array(outputs * readout.computed * area);
  for (let output = 0; output < outputs; output += 1) {
    for (let input = 0; input < inputs; input += 1) {
      for (const { channel, factor } of readout.terms[input] ?? []) {
        const from = (output * inputs + input) * area;
        const to = (output * readout.computed + channel) * area;
        for (let at = 0; at < area; at += 1) {
          result[to + at] = (result[to + at] as number) + factor * (weights[from + at] as number);
        }
      }
    }
  }
  return Float32Array.from(result);
}

/** The factor of each channel where trained and computed channels are the same but for factors, else undefined. */
export function factorsOf({ computed, terms }: Readout): Float32Array | undefined {
  const isOneToOne = computed === terms.length && terms.every((sum, index) => sum.length === 1 && sum[0]?.channel === index); // prettier-ignore
  return isOneToOne ? Float32Array.from(terms, ([term]) => term?.factor ?? 0) : undefined;
}
