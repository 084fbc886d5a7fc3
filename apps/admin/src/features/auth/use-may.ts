'use client';

import type { Permission, Session, SiteId } from '@munjigi/contracts';
import { useCallback } from 'react';
import { useSession } from './use-session';

/** Whether something may be done: anywhere at all, or at one site; `null` stands for the whole organisation. */
export type May = (permission: Permission, siteId?: SiteId | null) => boolean;

/** What a session may do. The server decides; this only spares people what it would refuse. */
export function mayOf(session: Pick<Session, 'permissions'> | undefined): May {
  const reach = new Map(session?.permissions.map(({ permission, sites }) => [permission, sites]));
  return (permission, siteId) => {
    const sites = reach.get(permission);
    if (sites === undefined) return false;
    if (sites === null) return true;
    return siteId === undefined ? sites.length > 0 : siteId !== null && sites.includes(siteId);
  };
}

/** What the signed-in administrator may do; nothing before that is known. */
export function useMay(): May {
  const { data } = useSession();
  return useCallback<May>((permission, siteId) => mayOf(data)(permission, siteId), [data]);
}
