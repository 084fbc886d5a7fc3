/** What a door knows of itself when it decides. */
export interface DoorHealth {
  /** Whether the wall clock can be believed; when not, nobody passes. */
  readonly clockTrusted: boolean;
  /**
   * How long ago the server confirmed that these are the rules, ms; null when that is unknown. Better measured with a
   * clock that never jumps.
   */
  readonly rulesAgeMs: number | null;
}

/** A door that is connected, and knows the time. */
export const HEALTHY: DoorHealth = { clockTrusted: true, rulesAgeMs: 0 };
