'use client';

import { useTranslations } from 'next-intl';
import { TabLinks } from '../shell/tab-links';

/** Between the two ways to look at all doors: as a list, and on the floors' pictures. */
export function DoorsTabs() {
  const t = useTranslations('floorPlans');
  return (
    <TabLinks
      label={t('views')}
      tabs={[
        { path: '/doors', label: t('list') },
        { path: '/doors/map', label: t('map') },
      ]}
    />
  );
}
