import { parentPort, workerData } from 'node:worker_threads';

import { Lane, type LaneModels } from './lane';
import { pinThread } from './pin-thread';
import { serveThread } from './serve-thread';

/** What a lane's thread is started with. */
export interface LaneThreadData {
  readonly models: LaneModels;
  /** Which of the lanes it is, from 1: the first is the leading thread. */
  readonly index: number;
}

/** A lane as a thread. */
if (parentPort) {
  void serveThread(parentPort, async () => {
    const { models, index } = workerData as LaneThreadData;
    const lane = await Lane.open(models);
    await pinThread(index);
    return { greeting: undefined, handlers: lane.handlers, close: () => lane.close() };
  });
}
