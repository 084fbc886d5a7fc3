import { InferenceSession, Tensor } from 'onnxruntime-node';
import { installedNetwork } from '../vision/model-cards';
import { serve, timed, type Answer, type BareRun, type Tasks } from './protocol';

// As in the product: no reports to the library's maker.
process.env.ORT_DISABLE_TELEMETRY = '1';

/** The installed networks alone: the lower bound of any pipeline around them. */
const sessions = new Map<string, Promise<InferenceSession>>();
const inputs = new Map<string, Tensor>();

async function session(model: string, threads: number): Promise<InferenceSession> {
  const key = `${model}/${threads}`;
  const known =
    sessions.get(key) ??
    InferenceSession.create(installedNetwork(model).path, {
      intraOpNumThreads: threads,
      interOpNumThreads: 1,
      logSeverityLevel: 3,
    });
  sessions.set(key, known);
  return known;
}

/** Random pixels, kept for the next run on the same shape. */
function input({ shape }: BareRun): Tensor {
  const key = shape.join('x');
  const known =
    inputs.get(key) ??
    new Tensor(
      'float32',
      Float32Array.from(
        { length: shape.reduce((product, size) => product * size, 1) },
        () => Math.random() * 255,
      ),
      shape,
    );
  inputs.set(key, known);
  return known;
}

async function bare({ threads, runs }: Tasks['bare']): Promise<Answer> {
  const ready = await Promise.all(
    runs.map(async (run) => ({
      network: await session(run.model, threads),
      feeds: { [installedNetwork(run.model).card.input]: input(run) },
    })),
  );
  const { ms } = await timed(async () => {
    for (const { network, feeds } of ready) await network.run(feeds);
  });
  return { ms };
}

void serve('', { bare });
