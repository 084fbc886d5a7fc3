import type { UplinkUser } from '../ports/uplink-user';
import { NO_LOCAL_PEOPLE } from './no-local-people';

/** The user of a link at which there is no door: nothing to show, nobody to capture, and no command to obey. */
export const IDLE_USER: UplinkUser = {
  doorState: () => ({
    ...{ lock: 'locked', cameraFault: null, cameraFaultKind: null, condition: null, disk: null },
    health: null,
  }),
  captures: () => ({ ok: true, captures: [] }),
  local: NO_LOCAL_PEOPLE,
  preview: () => undefined,
  whereabouts: () => undefined,
  commands: {
    take: () => {
      throw new Error('There is no door here.');
    },
    untold: () => [],
    told: () => undefined,
  },
};
