import type {
  AcceptLocalPersonRequest,
  DoorId,
  PersonId,
  RejectLocalPersonRequest,
} from '@munjigi/contracts';
import { request, requestNothing } from '@/lib/api/request';

const pathOf = (door: DoorId, person: PersonId) => `/api/doors/${door}/local-people/${person}`;

/** Calls about who was registered at a door itself; each asks the door and throws {@link ApiError}. */
export const localPeopleApi = {
  list: async (door: DoorId, signal: AbortSignal) =>
    (await request(`/api/doors/${door}/local-people`, 'localPeopleResponseSchema', { signal })).items,
  accept: (door: DoorId, person: PersonId, body: AcceptLocalPersonRequest) =>
    request(`${pathOf(door, person)}/accept`, 'enrolTrackResponseSchema', { method: 'POST', body }),
  reject: (door: DoorId, person: PersonId, body: RejectLocalPersonRequest) =>
    requestNothing(`${pathOf(door, person)}/reject`, { method: 'POST', body }),
} as const;

/** Where the best picture of somebody who was registered at a door itself is to be had. */
export function localPhotoUrl(door: DoorId, person: PersonId): string {
  return `${pathOf(door, person)}/photo`;
}
