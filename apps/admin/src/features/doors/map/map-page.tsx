'use client';

import { Map as MapIcon, MapPinned, Plus } from 'lucide-react';
import { useTranslations } from 'next-intl';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { ErrorNotice } from '@/components/ui/error-notice';
import { Notice } from '@/components/ui/notice';
import { Select } from '@/components/ui/select';
import { Skeleton } from '@/components/ui/skeleton';
import { useUrlState } from '@/lib/hooks/use-url-state';
import { useSites } from '../../access/use-places';
import { useMay } from '../../auth/use-may';
import { useDoors } from '../../live/use-live-data';
import { PageHeader } from '../../shell/page-header';
import { DoorsTabs } from '../doors-tabs';
import { useFloorPlans } from './floor-plans-api';
import { PlanView } from './plan-view';

const PlaceDoors = dynamic(() => import('./place-doors').then((module) => module.PlaceDoors));
const AddPlanDialog = dynamic(() => import('./add-plan-dialog').then((module) => module.AddPlanDialog));
const PlanMenu = dynamic(() => import('./plan-menu').then((module) => module.PlanMenu));

/** The doors on pictures of the floors, each as it stands now. */
export function MapPage() {
  const t = useTranslations('floorPlans');
  const may = useMay();
  const [url, changeUrl] = useUrlState();
  const plans = useFloorPlans();
  const doors = useDoors();
  const sites = useSites();
  const [act, setAct] = useState<'add' | 'place' | null>(null);
  const all = plans.data ?? [];
  const plan = all.find(({ id }) => id === url.get('plan')) ?? all[0];
  const changeable = (sites.data ?? []).filter(({ id }) => may('doors:write', id));
  const mayChange = plan !== undefined && may('doors:write', plan.siteId);
  const doorsThere = (doors.data ?? []).filter(({ site }) => site.id === plan?.siteId);
  const siteName = (siteId: string) => sites.data?.find(({ id }) => id === siteId)?.name;
  const addButton = changeable.length > 0 && (
    <Button variant={plan ? 'outline' : 'primary'} onClick={() => setAct('add')}>
      <Plus aria-hidden />
      {t('add')}
    </Button>
  );
  return (
    <>
      <PageHeader title={t('title')}>{plan && addButton}</PageHeader>
      <DoorsTabs />
      {plans.isPending && <Skeleton className="m-4 flex-1 rounded-xl md:m-6" />}
      {plans.isError && !plans.data && (
        <ErrorNotice error={plans.error} onRetry={() => void plans.refetch()} />
      )}
      {plans.isSuccess && !plan && (
        <Notice icon={<MapIcon />} title={t('empty')} action={addButton}>
          {t('emptyHint')}
        </Notice>
      )}
      {plan && act !== 'place' && (
        <>
          <div className="flex shrink-0 flex-wrap items-center gap-2 border-b px-4 py-2 md:px-6">
            <Select
              label={t('plan')}
              value={plan.id}
              onChange={(id) => changeUrl({ plan: id })}
              options={all.map(({ id, name, siteId }) => ({
                value: id,
                label: [siteName(siteId), name].filter(Boolean).join(' · '),
              }))}
              className="w-full sm:w-72"
            />
            {mayChange && (
              <>
                <Button onClick={() => setAct('place')}>
                  <MapPinned aria-hidden />
                  {t('place')}
                </Button>
                <PlanMenu key={plan.id} plan={plan} />
              </>
            )}
          </div>
          {plan.doors.length === 0 && (
            <p role="status" className="border-b bg-caution-soft px-4 py-2 text-caution md:px-6">
              {t('noDoors')}
            </p>
          )}
          <PlanView key={plan.id} plan={plan} doors={doorsThere} places={plan.doors} />
        </>
      )}
      {plan && act === 'place' && (
        <PlaceDoors key={plan.id} plan={plan} doors={doorsThere} onClose={() => setAct(null)} />
      )}
      {act === 'add' && (
        <AddPlanDialog
          sites={changeable}
          onAdded={({ id }) => {
            changeUrl({ plan: id });
            setAct('place');
          }}
          onClose={() => setAct(null)}
        />
      )}
    </>
  );
}
