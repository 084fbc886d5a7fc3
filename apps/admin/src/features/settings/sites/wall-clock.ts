/**
 * What the clock on a wall in that zone shows, `14:03`; empty for a zone that this browser does not know, and for no
 * time at all.
 *
 * @param nowMs 0 for none
 */
export function wallClock(nowMs: number, timeZone: string): string {
  if (nowMs === 0) return '';
  try {
    const clock = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone } as const;
    return new Intl.DateTimeFormat('en-GB', clock).format(nowMs);
  } catch {
    return '';
  }
}
