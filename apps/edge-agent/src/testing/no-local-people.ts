import type { LocalUser } from '../ports/uplink-user';

/** A door at which nobody was registered. */
export const NO_LOCAL_PEOPLE: LocalUser = {
  people: () => [],
  captures: () => ({ ok: false, error: { code: 'capture/track-gone', message: 'There is nobody here.' } }),
  settle: () => undefined,
};
