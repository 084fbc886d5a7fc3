'use client';

import { type ImportMapping, type PeopleImport, type SiteId, importPlanSchema } from '@munjigi/contracts';
import { useMutation } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Labelled } from '@/components/ui/labelled';
import { Refusal } from '@/components/ui/refusal';
import { Segmented } from '@/components/ui/segmented';
import { Select } from '@/components/ui/select';
import { Switch } from '@/components/ui/switch';
import { useSites } from '../../access/use-places';
import { useMay } from '../../auth/use-may';
import { Section } from '../../settings/section';
import { CheckResult } from './check-result';
import { ColumnsFields } from './columns-fields';
import { importsApi } from './imports-api';
import { SampleTable } from './sample-table';

interface ImportPlanFormProps {
  readonly made: PeopleImport;
  readonly onStarted: () => void;
  readonly onDiscard: () => void;
}

/** Says what the columns are and what becomes of the rows; started only after it was checked as it stands. */
export function ImportPlanForm({ made, onStarted, onDiscard }: ImportPlanFormProps) {
  const t = useTranslations('imports');
  const [mapping, setMapping] = useState<Partial<ImportMapping>>(made.table.suggested);
  const [options, setOptions] = useState<Options>({ siteId: null, existing: 'update', morePhotos: false });
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  const plan = importPlanSchema.safeParse({ mapping, ...options, timeZone }).data;
  const check = useMutation({ mutationFn: () => importsApi.check(made.id, plan!) });
  const start = useMutation({ mutationFn: () => importsApi.start(made.id, plan!), onSuccess: onStarted });
  const change = (set: () => void) => {
    set();
    check.reset();
  };
  return (
    <>
      <Section
        title={t('columns')}
        hint={t('columnsHint', { rows: made.table.rows, photos: made.photos })}
        action={<Button onClick={onDiscard}>{t('discard')}</Button>}
      >
        <ColumnsFields
          columns={made.table.columns}
          mapping={mapping}
          onChange={(next) => change(() => setMapping(next))}
        />
        <PlanOptions options={options} onChange={(next) => change(() => setOptions(next))} />
        <SampleTable table={made.table} />
      </Section>
      <Section title={t('outcome')} hint={t('problemsHint')}>
        <div className="grid gap-4 p-4">
          {check.data && <CheckResult check={check.data} />}
          <Refusal error={check.error ?? start.error} />
          <div className="flex flex-wrap justify-end gap-2">
            <Button
              variant={check.data ? 'outline' : 'primary'}
              disabled={!plan}
              pending={check.isPending}
              onClick={() => check.mutate()}
            >
              {t('check')}
            </Button>
            {check.data && (
              <Button
                variant="primary"
                disabled={check.data.wouldCreate + check.data.wouldUpdate === 0}
                pending={start.isPending}
                onClick={() => start.mutate()}
              >
                {t('start', { count: check.data.wouldCreate + check.data.wouldUpdate })}
              </Button>
            )}
          </div>
        </div>
      </Section>
    </>
  );
}

interface Options {
  readonly siteId: SiteId | null;
  readonly existing: 'update' | 'skip' | 'refuse';
  readonly morePhotos: boolean;
}

const EXISTING = ['update', 'skip', 'refuse'] as const;

function PlanOptions(props: { readonly options: Options; readonly onChange: (options: Options) => void }) {
  const t = useTranslations('imports');
  const access = useTranslations('access');
  const may = useMay();
  const sites = (useSites().data ?? []).filter(({ id }) => may('people:import', id));
  const { options, onChange } = props;
  return (
    <div className="grid items-start gap-5 border-t p-4 sm:grid-cols-2">
      <Labelled label={t('site')}>
        <Select<SiteId | 'all'>
          label={t('site')}
          value={options.siteId ?? 'all'}
          onChange={(siteId) => onChange({ ...options, siteId: siteId === 'all' ? null : siteId })}
          options={[
            { value: 'all', label: access('organisation') },
            ...sites.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          className="w-full"
        />
      </Labelled>
      <Labelled label={t('existing')}>
        <Segmented
          label={t('existing')}
          value={options.existing}
          onChange={(existing) => onChange({ ...options, existing })}
          options={EXISTING.map((value) => ({ value, label: t(`existingOf.${value}`) }))}
        />
      </Labelled>
      <Switch
        label={t('morePhotos')}
        checked={options.morePhotos}
        onChange={(morePhotos) => onChange({ ...options, morePhotos })}
      />
    </div>
  );
}
