import { parentPort, workerData } from 'node:worker_threads';

import { Lane, type LaneModels } from './lane';
import { serveThread } from './serve-thread';

/** A lane as a thread. */
if (parentPort) {
  void serveThread(parentPort, async () => {
    const lane = await Lane.open(workerData as LaneModels);
    return { greeting: undefined, handlers: lane.handlers, close: () => lane.close() };
  });
}
