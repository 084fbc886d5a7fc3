import type { DoorId } from '@munjigi/contracts';
import { request } from '@/lib/api/request';

/** Calls about doors' devices; each throws {@link ApiError}. */
export const devicesApi = {
  addDoor: (name: string) => request('/api/doors', 'doorWithTokenSchema', { method: 'POST', body: { name } }),
  makeCode: (id: DoorId) =>
    request(`/api/doors/${id}/pairing-code`, 'doorPairingCodeSchema', { method: 'POST' }),
  revoke: (id: DoorId, reason: string) =>
    request(`/api/doors/${id}/revoke-device`, 'doorSchema', { method: 'POST', body: { reason } }),
  rotateKey: (id: DoorId) => request(`/api/doors/${id}/rotate-key`, 'doorSchema', { method: 'POST' }),
} as const;
