import type { DiskLevel } from '@munjigi/contracts';

/** How full a disk is, and what follows from it. */
export interface DiskPressure {
  readonly level: DiskLevel;
  /** Bytes that are to come free by giving up pictures; 0: none need go. */
  readonly picturesBytes: number;
  /** The same of telemetry, once no picture is left. */
  readonly telemetryBytes: number;
  /** Whether there is so much room that some can be kept in reserve. */
  readonly isAmple: boolean;
}

/** The alarm is over only when there is so much more room than it takes to raise it: no flapping. */
const OVER_AT = 1.25;
const PICTURES_BELOW = 0.5;
const TELEMETRY_BELOW = 0.25;

/**
 * Says what a door does about its disk. An alarm comes first, at `lowBytes`; below half of that the oldest pictures go,
 * below a quarter telemetry goes too, each until there is as much room again. Events never go.
 *
 * @param now.wasRefused whether something could not be written since there was room last
 * @param before the level that was told last
 */
export function diskPressure(
  now: { readonly freeBytes: number; readonly wasRefused: boolean },
  lowBytes: number,
  before: DiskLevel,
): DiskPressure {
  const { freeBytes, wasRefused } = now;
  const missing = (share: number): number =>
    freeBytes < lowBytes * share ? Math.ceil(lowBytes * share - freeBytes) : 0;
  const isLow = freeBytes < lowBytes * (before === 'ok' ? 1 : OVER_AT);
  return {
    level: isLow ? (wasRefused ? 'full' : 'low') : 'ok',
    picturesBytes: missing(PICTURES_BELOW),
    telemetryBytes: missing(TELEMETRY_BELOW),
    isAmple: freeBytes >= lowBytes * OVER_AT,
  };
}
