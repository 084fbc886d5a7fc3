'use client';

import type { SiteId } from '@munjigi/contracts';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { request } from '@/lib/api/request';
import { useMay } from '../auth/use-may';
import { accessKeys } from './access-api';

/** The sites that may be seen, by name. */
export function useSites() {
  const may = useMay();
  return useQuery({
    queryKey: accessKeys.sites,
    queryFn: ({ signal }) => request('/api/sites', 'siteListSchema', { signal }),
    select: ({ items }) => items,
    enabled: may('sites:read'),
    staleTime: 60_000,
  });
}

/** The access groups that may be seen, by name. */
export function useGroups() {
  const may = useMay();
  return useQuery({
    queryKey: accessKeys.groups,
    queryFn: ({ signal }) => request('/api/groups', 'accessGroupListSchema', { signal }),
    select: ({ items }) => items,
    enabled: may('access:read'),
  });
}

/** What a document's site is called; *the whole organisation* where it has none. */
export function useSiteName(): (siteId: SiteId | null) => string {
  const t = useTranslations('access');
  const sites = useSites();
  return (siteId) =>
    siteId === null ? t('organisation') : (sites.data?.find(({ id }) => id === siteId)?.name ?? t('oneSite'));
}
