import { parentPort, workerData } from 'node:worker_threads';

import type { EngineCalls, EngineGreeting } from './engine-calls';
import { Engine, type EngineOptions } from './engine';
import { serveThread } from './serve-thread';

/** The inference thread: loads the models, greets, then answers one question after the other. */
if (parentPort) {
  void serveThread<EngineCalls, EngineGreeting>(parentPort, async () => {
    const engine = await Engine.open(workerData as EngineOptions);
    const { id: modelId, dimension, similarityMin } = engine.card;
    return {
      greeting: { modelId, dimension, similarityMin },
      handlers: {
        detect: ({ frame, options }) => engine.detect(frame, options),
        refine: ({ frame, boxes, options }) => engine.refine(frame, boxes, options),
        analyze: ({ frame, options }) => engine.analyze(frame, options),
        embed: ({ crops }) => engine.embed(crops),
        describe: ({ frame, faces, quality }) => engine.describe(frame, faces, quality),
        liveness: ({ frame, boxes }) => engine.liveness(frame, boxes),
      },
      close: () => engine.close(),
    };
  });
}
