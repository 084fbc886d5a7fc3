import { cameraSettingsSchema, type CameraSettings } from '@munjigi/contracts';

/** A video that stands for a camera. */
export function fileCamera(
  path: string,
  { loop = true, framesPerSecondMax = 10 }: { loop?: boolean; framesPerSecondMax?: number } = {},
): CameraSettings {
  return cameraSettingsSchema.parse({ source: { kind: 'file', path, loop }, framesPerSecondMax });
}
