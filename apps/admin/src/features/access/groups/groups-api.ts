import type { AccessGroup, BulkAction, GroupAccess, GroupId, PersonId, SiteId } from '@munjigi/contracts';
import { request, requestNothing } from '@/lib/api/request';

/** What of a group is edited in one form. */
export interface GroupDraft extends GroupAccess {
  readonly name: string;
  /** Of a new group; it never changes. */
  readonly siteId: SiteId | null;
}

/** Calls about access groups; each throws {@link ApiError}. */
export const groupsApi = {
  access: (id: GroupId, signal: AbortSignal) =>
    request(`/api/groups/${id}/access`, 'groupAccessSchema', { signal }),
  /** Makes or renames the group, then sets what it gives. */
  save: async (group: AccessGroup | null, draft: GroupDraft): Promise<AccessGroup> => {
    const { name, siteId, accessLevelIds, joinByDefault } = draft;
    const kept = group
      ? await request(`/api/groups/${group.id}`, 'accessGroupSchema', { method: 'PATCH', body: { name } })
      : await request('/api/groups', 'accessGroupSchema', { method: 'POST', body: { name, siteId } });
    await request(`/api/groups/${kept.id}/access`, 'groupAccessSchema', {
      method: 'PUT',
      body: { accessLevelIds, joinByDefault },
    });
    return kept;
  },
  remove: (id: GroupId) => requestNothing(`/api/groups/${id}`, { method: 'DELETE' }),
  bulk: (personIds: readonly PersonId[], action: BulkAction) =>
    request('/api/people/bulk', 'bulkPeopleResponseSchema', { method: 'POST', body: { personIds, action } }),
} as const;
