/** The two clocks of a door. */
export interface Clock {
  /** Wall time, ms since 1970 UTC; may jump. */
  wallMs(): number;
  /** ms since the process began; never jumps, for all durations and deadlines. */
  monotonicMs(): number;
}
