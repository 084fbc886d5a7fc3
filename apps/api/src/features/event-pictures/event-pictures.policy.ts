import { doorSettingsSchema } from '@munjigi/contracts';
import type { PicturedVisit } from './event-pictures.repository';

/** Whether the settings of a door ask for a picture of such a visit. */
export function asksForPicture({
  outcome,
  personId,
  doorSettings,
}: Pick<PicturedVisit, 'outcome' | 'personId' | 'doorSettings'>): boolean {
  const { eventPictures, unknownFacePictures } = doorSettingsSchema.parse(doorSettings);
  if (eventPictures === 'none' || (eventPictures === 'denied' && outcome === 'granted')) return false;
  return personId !== null || unknownFacePictures;
}
