/** One exchange with the server: our monotonic clock before and after, ms; the server's in between, ms since 1970. */
export interface ClockExchange {
  readonly sentAtMs: number;
  readonly answeredAtMs: number;
  readonly serverTimeMs: number;
}

/**
 * Server's clock minus our monotonic one, ms, taking the way there and back as equally long (as NTP does); the error
 * is at most half of the round trip. By a clock of ours that may be set meanwhile, it could be anything.
 */
export function serverAheadMs({ sentAtMs, answeredAtMs, serverTimeMs }: ClockExchange): number {
  return serverTimeMs - (sentAtMs + answeredAtMs) / 2;
}
