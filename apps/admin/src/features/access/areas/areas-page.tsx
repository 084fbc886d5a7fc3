'use client';

import type { AreaRequest, SiteId } from '@munjigi/contracts';
import { useQuery } from '@tanstack/react-query';
import { MapPinned, Pencil, Plus } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { ErrorNotice } from '@/components/ui/error-notice';
import { Notice } from '@/components/ui/notice';
import { Select } from '@/components/ui/select';
import { Skeleton } from '@/components/ui/skeleton';
import { useFormats } from '@/lib/hooks/use-formats';
import { useUrlState } from '@/lib/hooks/use-url-state';
import { lazyPart } from '@/lib/lazy-part';
import { useMay } from '../../auth/use-may';
import { accessKeys, AREAS, type KeptArea } from '../access-api';
import { useDocuments } from '../use-documents';
import { useSites } from '../use-places';
import { type Muster, musterApi } from './muster-api';
import { MusterList } from './muster-list';

const AreaDialog = lazyPart(() => import('./area-dialog').then((m) => m.AreaDialog));

/** Who is inside changes with every passage; it is asked for again this often. */
const MUSTER_AGE_MS = 10_000;

/** The areas of a site, and who is in them. */
export function AreasPage() {
  const t = useTranslations('areas');
  const may = useMay();
  const formats = useFormats();
  const [url, changeUrl] = useUrlState();
  const sites = useSites();
  const site = sites.data?.find(({ id }) => id === url.get('site')) ?? sites.data?.[0];
  const areas = useDocuments(AREAS);
  const muster = useQuery({
    queryKey: accessKeys.muster(site?.id ?? ''),
    queryFn: ({ signal }) => musterApi.get(site!.id, signal),
    enabled: site !== undefined && may('access:read', site.id),
    refetchInterval: MUSTER_AGE_MS,
  });
  const [edited, setEdited] = useState<KeptArea | 'new' | null>(null);
  const here = (areas.data ?? []).filter(({ siteId }) => siteId === site?.id);
  const canWrite = may('access:write', site?.id);
  const failed = [sites, areas, muster].find(({ isError, data }) => isError && !data);

  return (
    <div className="min-h-0 flex-1 overflow-y-auto">
      <div className="flex flex-wrap items-center gap-2 border-b px-4 py-2 md:px-6">
        <Select<SiteId>
          label={t('site')}
          value={site?.id ?? ('' as SiteId)}
          onChange={(next) => changeUrl({ site: next })}
          options={(sites.data ?? []).map(({ id, name }) => ({ value: id, label: name }))}
        />
        <p className="min-w-0 flex-1 truncate text-xs text-ink-faint tabular-nums">
          {muster.data && t('inside', { count: countOf(muster.data), time: formats.time(muster.data.at) })}
        </p>
        {canWrite && (
          <Button variant="primary" onClick={() => setEdited('new')}>
            <Plus aria-hidden />
            {t('add')}
          </Button>
        )}
      </div>
      {failed && <ErrorNotice error={failed.error} onRetry={() => void failed.refetch()} />}
      {areas.isSuccess && here.length === 0 && (
        <Notice icon={<MapPinned />} title={t('empty')}>
          {t('emptyHint')}
        </Notice>
      )}
      <div className="grid items-start gap-4 p-4 md:grid-cols-2 md:p-6 2xl:grid-cols-3">
        {areas.isPending && [0, 1].map((index) => <Skeleton key={index} className="h-40 rounded-xl" />)}
        {here.map((area) => (
          <AreaCard
            key={area.id}
            area={area}
            people={muster.data?.areas.find((each) => each.area.id === area.id)?.people}
            onEdit={canWrite ? () => setEdited(area) : undefined}
          />
        ))}
      </div>
      {edited && site && (
        <AreaDialog
          area={edited === 'new' ? null : edited}
          siteId={site.id}
          onClose={() => setEdited(null)}
        />
      )}
    </div>
  );
}

function countOf({ areas }: Muster): number {
  return areas.reduce((sum, { people }) => sum + people.length, 0);
}

interface AreaCardProps {
  readonly area: KeptArea;
  /** Undefined until it is known who is inside. */
  readonly people: Muster['areas'][number]['people'] | undefined;
  readonly onEdit: (() => void) | undefined;
}

function AreaCard({ area, people, onEdit }: AreaCardProps) {
  const t = useTranslations('areas');
  const { occupancyMax, antiPassback } = area as AreaRequest;
  const isFull = occupancyMax !== null && (people?.length ?? 0) >= occupancyMax;
  return (
    <section aria-label={area.name} className="overflow-clip rounded-xl border bg-surface shadow-low">
      <header className="flex items-center gap-2 border-b px-3.5 py-2.5">
        <h2 className="min-w-0 flex-1 truncate text-sm font-semibold">{area.name}</h2>
        {antiPassback.mode !== 'off' && (
          <Badge tone={antiPassback.mode === 'hard' ? 'accent' : 'plain'}>
            {t('antiPassbackTitle')}: {t(`antiPassback.${antiPassback.mode}`)}
          </Badge>
        )}
        <Badge tone={isFull ? 'caution' : 'plain'}>
          {occupancyMax === null
            ? t('people', { count: people?.length ?? 0 })
            : t('peopleOf', { count: people?.length ?? 0, max: occupancyMax })}
        </Badge>
        {onEdit && (
          <Button
            variant="ghost"
            size="iconSm"
            aria-label={t('edit', { name: area.name })}
            title={t('edit', { name: area.name })}
            onClick={onEdit}
          >
            <Pencil aria-hidden />
          </Button>
        )}
      </header>
      {people ? <MusterList area={area} people={people} /> : <Skeleton className="m-3.5 h-16" />}
    </section>
  );
}
