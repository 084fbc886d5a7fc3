import type { Clock } from '../../ports/clock';

/** The clocks of this computer. */
export const systemClock: Clock = {
  wallMs: () => Date.now(),
  monotonicMs: () => performance.now(),
};
