import type { CameraSettings } from '@munjigi/contracts';

/** The camera settings that last showed a picture; they outlive a restart. */
export interface CameraMemory {
  /** Null: none ever did, or what was kept cannot be read any more. */
  lastGood(): CameraSettings | null;
  keepGood(settings: CameraSettings): void;
}
