'use client';

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { useMay } from '../auth/use-may';
import { PageHeader } from '../shell/page-header';
import { TabLinks } from '../shell/tab-links';

interface ReportsFrameProps {
  /** What can be done on the page. */
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** What stands around every page of the reports: the title and the way to the others. */
export function ReportsFrame({ actions, children }: ReportsFrameProps) {
  const t = useTranslations('reports');
  const mayExport = useMay()('reports:export');
  return (
    <>
      <PageHeader title={t('title')}>{actions}</PageHeader>
      <TabLinks
        label={t('title')}
        tabs={[
          { path: '/reports', label: t('tab.build') },
          { path: '/reports/saved', label: t('tab.saved') },
          ...(mayExport ? [{ path: '/reports/files', label: t('tab.files') }] : []),
        ]}
      />
      <div
        role="region"
        aria-label={t('title')}
        tabIndex={0}
        className="relative min-h-0 flex-1 overflow-y-auto focus-visible:-outline-offset-2"
      >
        {children}
      </div>
    </>
  );
}
