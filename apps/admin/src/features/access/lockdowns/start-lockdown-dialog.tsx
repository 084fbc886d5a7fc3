'use client';

import type { DoorId, GroupId, LockdownScope, SiteId } from '@munjigi/contracts';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { CheckList } from '@/components/ui/check-list';
import { Segmented } from '@/components/ui/segmented';
import { Select } from '@/components/ui/select';
import { useToaster } from '@/components/ui/toast';
import { useMay } from '../../auth/use-may';
import { useDoors } from '../../live/use-live-data';
import { ReasonDialog } from '../reason-dialog';
import { useGroups, useSites } from '../use-places';
import { useStartLockdown } from './use-lockdowns';

/** Asks what to lock, for whom not, and why; then locks it. */
export function StartLockdownDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useTranslations('lockdown');
  const may = useMay();
  const toaster = useToaster();
  const start = useStartLockdown();
  const sites = (useSites().data ?? []).filter(({ id }) => may('lockdown:operate', id));
  const doors = (useDoors().data ?? []).filter(({ site }) => may('lockdown:operate', site.id));
  const groups = useGroups().data ?? [];
  const [kind, setKind] = useState<LockdownScope['kind']>('site');
  const [siteId, setSiteId] = useState<SiteId | null>(null);
  const [doorIds, setDoorIds] = useState<DoorId[]>([]);
  const [exemptGroupIds, setExempt] = useState<GroupId[]>([]);
  const site = sites.find(({ id }) => id === siteId) ?? sites[0];
  const scope: LockdownScope | null =
    kind === 'doors'
      ? doorIds.length > 0
        ? { kind, doorIds }
        : null
      : site
        ? { kind, siteId: site.id }
        : null;
  return (
    <ReasonDialog
      title={t('start')}
      description={t('startHint')}
      confirmLabel={kind === 'site' ? t('lockSite') : t('lockDoors', { count: doorIds.length })}
      danger
      pending={start.isPending}
      error={start.error}
      isValid={scope !== null}
      onConfirm={(reason) =>
        scope &&
        start.mutate(
          { scope, exemptGroupIds, exemptPersonIds: [], reason },
          {
            onSuccess: () => {
              toaster.done(t('isStarted'), t('isStartedHint'));
              onClose();
            },
          },
        )
      }
      onClose={onClose}
    >
      <div>
        <Segmented
          label={t('what')}
          value={kind}
          onChange={setKind}
          options={[
            { value: 'site', label: t('wholeSite') },
            { value: 'doors', label: t('theseDoors') },
          ]}
        />
      </div>
      {kind === 'site' ? (
        <Select<SiteId>
          label={t('site')}
          value={site?.id ?? ('' as SiteId)}
          onChange={setSiteId}
          options={sites.map(({ id, name }) => ({ value: id, label: name }))}
          className="w-full"
        />
      ) : (
        <CheckList
          label={t('theseDoors')}
          options={doors.map(({ id, name, site: { name: note } }) => ({ value: id, label: name, note }))}
          chosen={doorIds}
          empty={t('noDoors')}
          onChange={setDoorIds}
        />
      )}
      {groups.length > 0 && (
        <CheckList
          label={t('exemptGroups')}
          options={groups.map(({ id, name }) => ({ value: id, label: name }))}
          chosen={exemptGroupIds}
          empty=""
          onChange={setExempt}
        />
      )}
    </ReasonDialog>
  );
}
