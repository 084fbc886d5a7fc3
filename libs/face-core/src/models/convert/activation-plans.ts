import { planDirect, planPooledFirst, type DirectActivation, type PooledActivation } from './activation-plan';
import type { PreluMatch } from './fusions';
import type { TfliteGraph, TfliteOperator } from './tflite-reader';

/** The plan of each parametric ReLU, by the tensor that goes into it. */
export type ActivationPlans = Map<number, DirectActivation | PooledActivation>;

/** Channels are computed in blocks of so many: up to the next multiple more rows cost nothing. */
const BLOCK_CHANNELS = 16;

/** Layers whose weights can take in how their input's channels are read. */
const DENSE: ReadonlySet<string> = new Set(['conv2d', 'fullyConnected']);

/**
 * Plans each parametric ReLU that stands between a layer and others, whose weights can take in what the plan needs.
 * The rest are left out and computed as they stand.
 */
export function planActivations(graph: TfliteGraph, prelus: readonly PreluMatch[]): ActivationPlans {
  const plans: ActivationPlans = new Map();
  for (const prelu of prelus) {
    const plan = planOf(graph, prelu);
    if (plan) plans.set(prelu.input, plan);
  }
  return plans;
}

function planOf(graph: TfliteGraph, prelu: PreluMatch): DirectActivation | PooledActivation | undefined {
  const { input, output, slopes, operators } = prelu;
  const producer = graph.operators.find(({ outputs }) => outputs[0] === input);
  if (!producer || !(DENSE.has(producer.kind) || producer.kind === 'depthwiseConv2d')) return undefined;
  if (readersOf(graph, input).some((reader) => !operators.includes(reader))) return undefined;
  const readers = readersOf(graph, output);
  const [pool] = readers;
  if (pool?.kind === 'maxPool2d' && readers.length === 1) {
    if (producer.kind !== 'conv2d') return undefined;
    if (!readersOf(graph, pool.outputs[0] ?? -1).every(isDense)) return undefined;
    const isQuartering = pool.window?.strideHeight === 2 && pool.window.filterHeight === 2;
    const pooledFirst = planPooledFirst(slopes);
    const isFree = pooledFirst.rows.length <= Math.ceil(slopes.length / BLOCK_CHANNELS) * BLOCK_CHANNELS;
    return isQuartering && isFree && pooledFirst.rows.length <= BLOCK_CHANNELS
      ? pooledFirst
      : planDirect(slopes, true);
  }
  const readable = (reader: TfliteOperator) => isDense(reader) || reader.kind === 'depthwiseConv2d';
  return readers.every(readable) ? planDirect(slopes, false) : undefined;
}

function isDense({ kind }: TfliteOperator): boolean {
  return DENSE.has(kind);
}

function readersOf(graph: TfliteGraph, tensor: number): TfliteOperator[] {
  return graph.operators.filter(({ inputs }) => inputs.includes(tensor));
}
