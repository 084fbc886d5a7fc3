import type { ChangePasswordRequest, CreatePasskeyRequest, StepUpRequest } from '@munjigi/contracts';
import { useQuery } from '@tanstack/react-query';
import { request, requestNothing } from '@/lib/api/request';

type Signal = { readonly signal?: AbortSignal };

/** Calls about one's own account; each throws {@link ApiError}. */
export const accountApi = {
  get: ({ signal }: Signal) => request('/api/account', 'accountSchema', { signal }),
  stepUp: (body: StepUpRequest) => requestNothing('/api/auth/step-up', { method: 'POST', body }),
  changePassword: (body: ChangePasswordRequest) =>
    requestNothing('/api/account/password', { method: 'POST', body }),

  offerAuthenticator: () =>
    request('/api/account/second-factor', 'secondFactorOfferSchema', { method: 'POST' }),
  confirmAuthenticator: (code: string) =>
    request('/api/account/second-factor/confirmation', 'recoveryCodesSchema', {
      method: 'POST',
      body: { code },
    }),
  removeAuthenticator: () => requestNothing('/api/account/second-factor', { method: 'DELETE' }),
  renewRecoveryCodes: () => request('/api/account/recovery-codes', 'recoveryCodesSchema', { method: 'POST' }),

  passkeys: ({ signal }: Signal) => request('/api/account/passkeys', 'passkeyListSchema', { signal }),
  offerPasskey: () => request('/api/account/passkeys/options', 'passkeyOptionsSchema', { method: 'POST' }),
  addPasskey: (body: CreatePasskeyRequest) =>
    request('/api/account/passkeys', 'passkeySchema', { method: 'POST', body }),
  renamePasskey: (id: string, name: string) =>
    request(`/api/account/passkeys/${id}`, 'passkeySchema', { method: 'PATCH', body: { name } }),
  removePasskey: (id: string) => requestNothing(`/api/account/passkeys/${id}`, { method: 'DELETE' }),

  signIns: ({ signal }: Signal) => request('/api/account/sessions', 'signInSessionListSchema', { signal }),
  endSignIn: (id: string) => requestNothing(`/api/account/sessions/${id}`, { method: 'DELETE' }),
  endOtherSignIns: () => requestNothing('/api/account/sessions', { method: 'DELETE' }),
} as const;

/** Names of what is cached of one's own account. */
export const accountKeys = {
  account: ['account', 'one'],
  passkeys: ['account', 'passkeys'],
  signIns: ['account', 'sign-ins'],
} as const;

/** Oneself: name, address, second factor. */
export function useAccount() {
  return useQuery({ queryKey: accountKeys.account, queryFn: accountApi.get });
}
