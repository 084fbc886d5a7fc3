/** One exchange with the server: our wall clock before and after, and the server's in between; ms since 1970. */
export interface ClockExchange {
  readonly sentAtMs: number;
  readonly answeredAtMs: number;
  readonly serverTimeMs: number;
}

/**
 * Server clock minus ours, ms, taking the way there and back as equally long (as NTP does); the error is at most half
 * of the round trip.
 */
export function clockOffsetMs({ sentAtMs, answeredAtMs, serverTimeMs }: ClockExchange): number {
  return serverTimeMs - (sentAtMs + answeredAtMs) / 2;
}
