import type {
  CreateAdministratorRequest,
  CreateApiTokenRequest,
  CreateRoleRequest,
  CreateSiteRequest,
  ReplaceGrantsRequest,
  UpdateAdministratorRequest,
  UpdateRoleRequest,
  UpdateSiteRequest,
} from '@munjigi/contracts';
import { useQuery } from '@tanstack/react-query';
import { request, requestNothing } from '@/lib/api/request';

type Signal = { readonly signal?: AbortSignal };

/** Calls about administrators; each throws {@link ApiError}. */
export const administratorsApi = {
  list: ({ signal }: Signal) => request('/api/administrators', 'administratorListSchema', { signal }),
  invite: (body: CreateAdministratorRequest) =>
    request('/api/administrators', 'administratorWithInvitationSchema', { method: 'POST', body }),
  inviteAgain: (id: string) =>
    request(`/api/administrators/${id}/invitation`, 'administratorWithInvitationSchema', { method: 'POST' }),
  update: (id: string, body: UpdateAdministratorRequest) =>
    request(`/api/administrators/${id}`, 'administratorSchema', { method: 'PATCH', body }),
  replaceGrants: (id: string, body: ReplaceGrantsRequest) =>
    request(`/api/administrators/${id}/grants`, 'administratorSchema', { method: 'PUT', body }),
  signOut: (id: string) => requestNothing(`/api/administrators/${id}/sessions`, { method: 'DELETE' }),
  removeSecondFactor: (id: string) =>
    requestNothing(`/api/administrators/${id}/second-factor`, { method: 'DELETE' }),
  remove: (id: string) => requestNothing(`/api/administrators/${id}`, { method: 'DELETE' }),
} as const;

/** Calls about roles. */
export const rolesApi = {
  list: ({ signal }: Signal) => request('/api/roles', 'roleListSchema', { signal }),
  create: (body: CreateRoleRequest) => request('/api/roles', 'roleSchema', { method: 'POST', body }),
  update: (id: string, body: UpdateRoleRequest) =>
    request(`/api/roles/${id}`, 'roleSchema', { method: 'PATCH', body }),
  remove: (id: string) => requestNothing(`/api/roles/${id}`, { method: 'DELETE' }),
} as const;

/** Calls about API tokens. */
export const tokensApi = {
  list: ({ signal }: Signal) => request('/api/tokens', 'apiTokenListSchema', { signal }),
  create: (body: CreateApiTokenRequest) =>
    request('/api/tokens', 'apiTokenWithSecretSchema', { method: 'POST', body }),
  revoke: (id: string) => requestNothing(`/api/tokens/${id}`, { method: 'DELETE' }),
} as const;

/** Calls about sites. */
export const sitesApi = {
  list: ({ signal }: Signal) => request('/api/sites', 'siteListSchema', { signal }),
  create: (body: CreateSiteRequest) => request('/api/sites', 'siteSchema', { method: 'POST', body }),
  update: (id: string, body: UpdateSiteRequest) =>
    request(`/api/sites/${id}`, 'siteSchema', { method: 'PATCH', body }),
  remove: (id: string) => requestNothing(`/api/sites/${id}`, { method: 'DELETE' }),
} as const;

/** Names of what is cached of the administration. */
export const administrationKeys = {
  administrators: ['administrators'],
  roles: ['roles'],
  tokens: ['api-tokens'],
} as const;

/** Every administrator that one may see, by address. */
export function useAdministrators() {
  return useQuery({
    queryKey: administrationKeys.administrators,
    queryFn: administratorsApi.list,
    select: ({ items }) => items,
  });
}

/** Every role, the built-in ones first. @param enabled false for those who may not see roles */
export function useRoles(enabled = true) {
  return useQuery({
    queryKey: administrationKeys.roles,
    queryFn: rolesApi.list,
    select: ({ items }) => items,
    enabled,
  });
}

/** API tokens that one may see, the newest first. */
export function useTokens() {
  return useQuery({
    queryKey: administrationKeys.tokens,
    queryFn: tokensApi.list,
    select: ({ items }) => items,
  });
}
