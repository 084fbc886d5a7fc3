import { AGENT_PROTOCOL_VERSION, clockSyncAnswerSchema, type ClockSync } from '@munjigi/contracts';
import type { ClockEstimate } from '../domain/clock-estimate';
import type { Clock } from '../ports/clock';
import { reader, type Exchange } from './exchange';

/** What a measure works with. */
export interface MeasureOptions {
  readonly exchange: Exchange;
  readonly clock: Clock;
  readonly estimate: ClockEstimate;
}

const readAnswer = reader(clockSyncAnswerSchema);

/**
 * Measures the server's clock by so many exchanges, one after the other, and tells the server what came of those before.
 *
 * @throws {AgentError} as `Exchange.ask`
 */
export async function measureClock(
  { exchange, clock, estimate }: MeasureOptions,
  times: number,
): Promise<void> {
  for (let count = 0; count < times; count += 1) {
    const { clockOffsetMs: offsetMs, clockErrorMs: errorMs } = clockTold(estimate, clock);
    const sentAtMs = clock.monotonicMs();
    const wallTime = new Date(clock.wallMs()).toISOString();
    const message: ClockSync = { v: AGENT_PROTOCOL_VERSION, wallTime, offsetMs, errorMs };
    const { receivedMs, answeredMs } = await exchange.ask('clock.sync', message, readAnswer);
    estimate.add({ sentAtMs, answeredAtMs: clock.monotonicMs(), receivedMs, repliedMs: answeredMs });
  }
}

/** What an event of this moment says of the clocks: server minus wall clock, and how far that may be wrong, ms. */
export function clockTold(
  estimate: ClockEstimate,
  clock: Clock,
): { readonly clockOffsetMs: number | null; readonly clockErrorMs: number | null } {
  const reading = estimate.at(clock.monotonicMs());
  if (!reading) return { clockOffsetMs: null, clockErrorMs: null };
  return {
    clockOffsetMs: tenths(reading.serverMs - clock.wallMs()),
    clockErrorMs: tenths(reading.errorMs),
  };
}

function tenths(ms: number): number {
  return Math.round(ms * 10) / 10;
}
