'use client';

import type { Permission } from '@munjigi/contracts';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { useMay } from '../auth/use-may';
import { PageHeader } from '../shell/page-header';
import { TabLinks } from '../shell/tab-links';

const TABS = [
  { name: 'schedules', permission: 'access:read' },
  { name: 'holidays', permission: 'access:read' },
  { name: 'levels', permission: 'access:read' },
  { name: 'groups', permission: 'access:read' },
  { name: 'areas', permission: 'access:read' },
  { name: 'visitors', permission: 'people:read' },
  { name: 'lockdown', permission: 'doors:read' },
  { name: 'why', permission: 'access:read' },
] as const satisfies readonly { name: string; permission: Permission }[];

/** What stands around every page of the access rules: the title and the way to the others. */
export function AccessTabs({ children }: { readonly children: ReactNode }) {
  const t = useTranslations('access');
  const may = useMay();
  return (
    <>
      <PageHeader title={t('title')} />
      <TabLinks
        label={t('title')}
        tabs={TABS.filter(({ permission }) => may(permission)).map(({ name }) => ({
          path: `/access/${name}`,
          label: t(`tab.${name}`),
        }))}
      />
      {children}
    </>
  );
}
