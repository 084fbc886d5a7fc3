import type { DeviceHealth } from '@munjigi/contracts';

/** From about here on small computers lower their clock. */
export const WARM_FROM_C = 85;
/** Below this share of a disk somebody should make room. */
export const DISK_FREE_MIN = 0.1;

const GIB = 1024 ** 3;

/** What of a device's health somebody should look at. */
export function worriesOf({ temperatureC, disk }: DeviceHealth): readonly ('warm' | 'disk')[] {
  return [
    ...(temperatureC !== null && temperatureC >= WARM_FROM_C ? ['warm' as const] : []),
    ...(disk !== null && disk.totalBytes > 0 && disk.freeBytes / disk.totalBytes < DISK_FREE_MIN
      ? ['disk' as const]
      : []),
  ];
}

/** Bytes in GiB, to a tenth below ten. */
export function gibOf(bytes: number): number {
  const gib = bytes / GIB;
  return gib < 10 ? Math.round(gib * 10) / 10 : Math.round(gib);
}
