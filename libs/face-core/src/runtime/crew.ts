import type { MtcnnThreads } from '../detect/mtcnn';
import { allEnded } from './all-ended';
import { Lane, type LaneCalls, type LaneModels } from './lane';
import type { LaneThreadData } from './lane-worker';
import { pinThread } from './pin-thread';
import { WorkerThread } from './worker-thread';

/** More threads than that gain an embedder of this size little. */
const WIDE_THREADS_MAX = 2;

/** Lanes that share the work of a frame: one on the calling thread, the others on threads of their own. */
export class Crew implements MtcnnThreads {
  private constructor(
    private readonly own: Lane,
    private readonly others: readonly WorkerThread<LaneCalls>[],
  ) {}

  /** Loads the networks, on every lane. @param count lanes, at least 1 */
  static async open(models: LaneModels, count: number): Promise<Crew> {
    const others = await allEnded(
      Array.from({ length: count - 1 }, (_, other) => {
        const data: LaneThreadData = { models, index: other + 1 };
        return WorkerThread.start<LaneCalls, void>('lane-worker', data);
      }),
    );
    // One face leaves the other lanes idle: the first may use their cores then.
    const wideThreads = Math.min(count, WIDE_THREADS_MAX);
    const own = await Lane.open({ ...models, wideThreads });
    // Only now: threads that the networks began have no part in it.
    if (count > 1) await pinThread(0);
    return new Crew(own, others);
  }

  /** Lanes that there are. */
  get count(): number {
    return this.others.length + 1;
  }

  /**
   * Asks lanes the same with different parts, at the same time.
   *
   * @param asks at most one for each lane
   * @returns the answers in the order of `asks`
   */
  async run<Name extends keyof LaneCalls>(
    call: Name,
    asks: readonly LaneCalls[Name]['ask'][],
  ): Promise<LaneCalls[Name]['answer'][]> {
    const [first, ...rest] = asks;
    if (first === undefined) return [];
    // The others first: they work while this thread does its own part.
    const answers = rest.map((ask, index) => (this.others[index] as WorkerThread<LaneCalls>).ask(call, ask));
    const settled = Promise.all(answers);
    // A failure of ours must not leave theirs unheard.
    settled.catch(() => undefined);
    const answer = await this.own.handlers[call](first);
    return [answer, ...(await settled)];
  }

  propose(...[frame, canvases, logitMin]: Parameters<MtcnnThreads['propose']>): Promise<number[][]> {
    const busy = canvases.filter((list) => list.length > 0);
    return this.run(
      'propose',
      busy.map((list) => ({ frame, canvases: list, logitMin })),
    );
  }

  judge(...[frame, stage, squares]: Parameters<MtcnnThreads['judge']>): Promise<Float32Array[]> {
    return this.run(
      'judge',
      squares.map((list) => ({ frame, stage, squares: list })),
    );
  }

  /** Frees all networks and ends the threads. */
  async close(): Promise<void> {
    await Promise.all([...this.others.map((thread) => thread.close()), this.own.close()]);
  }
}
