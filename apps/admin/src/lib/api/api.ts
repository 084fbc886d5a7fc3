import type {
  AcceptInvitationRequest,
  DoorRiskQuery,
  EventsQuery,
  LoginRequest,
  PasskeySignInRequest,
  SetupRequest,
  PeopleQuery,
  UpdateDoorRequest,
} from '@munjigi/contracts';
import { request, requestNothing } from './request';

type Signal = { readonly signal?: AbortSignal };

/** Every call that the console makes; each throws {@link ApiError}. */
export const api = {
  signIn: (body: LoginRequest) => request('/api/auth/login', 'sessionSchema', { method: 'POST', body }),
  setupStatus: ({ signal }: Signal) => request('/api/setup', 'setupStatusSchema', { signal }),
  setUp: (body: SetupRequest) => request('/api/setup', 'sessionSchema', { method: 'POST', body }),
  acceptInvitation: (body: AcceptInvitationRequest) =>
    request('/api/auth/invitation', 'sessionSchema', { method: 'POST', body }),
  passkeyQuestion: () => request('/api/auth/passkey/options', 'passkeyOptionsSchema', { method: 'POST' }),
  signInByPasskey: (body: PasskeySignInRequest) =>
    request('/api/auth/passkey', 'sessionSchema', { method: 'POST', body }),
  signOut: () => requestNothing('/api/auth/logout', { method: 'POST', waitsForSignIn: false }),
  session: ({ signal }: Signal) => request('/api/auth/session', 'sessionSchema', { signal }),

  doors: ({ signal }: Signal) => request('/api/doors', 'doorListSchema', { signal }),
  doorRisk: (doorId: string, query: DoorRiskQuery, { signal }: Signal) =>
    request(`/api/doors/${doorId}/risk`, 'doorRiskSchema', { query, signal }),
  updateDoor: (doorId: string, body: UpdateDoorRequest) =>
    request(`/api/doors/${doorId}`, 'doorSchema', { method: 'PATCH', body }),
  enrolTrack: (doorId: string, body: { trackId: string; name: string }) =>
    request(`/api/doors/${doorId}/enrolments`, 'enrolTrackResponseSchema', { method: 'POST', body }),

  events: (query: Partial<EventsQuery>, { signal }: Signal) =>
    request('/api/events', 'eventsPageSchema', { query, signal }),

  people: (query: Partial<PeopleQuery>, { signal }: Signal) =>
    request('/api/people', 'peoplePageSchema', { query, signal }),
  person: (personId: string, { signal }: Signal) =>
    request(`/api/people/${personId}`, 'personSchema', { signal }),
  createPerson: (name: string) => request('/api/people', 'personSchema', { method: 'POST', body: { name } }),
  renamePerson: (personId: string, name: string) =>
    request(`/api/people/${personId}`, 'personSchema', { method: 'PATCH', body: { name } }),
  deletePerson: (personId: string) => requestNothing(`/api/people/${personId}`, { method: 'DELETE' }),
  enrolPhoto: (personId: string, photo: File) => {
    const body = new FormData();
    body.set('photo', photo);
    return request(`/api/people/${personId}/photos`, 'enrolPhotoResponseSchema', { method: 'POST', body });
  },
} as const;
