'use client';

import type { RetentionSettings, SiteId } from '@munjigi/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { ConfirmAction } from '@/components/ui/confirm-action';
import { ErrorNotice } from '@/components/ui/error-notice';
import { Refusal } from '@/components/ui/refusal';
import { Select } from '@/components/ui/select';
import { Skeleton } from '@/components/ui/skeleton';
import { useToaster } from '@/components/ui/toast';
import { useSites } from '../../access/use-places';
import { Section } from '../section';
import { privacyApi, privacyKeys } from './privacy-api';
import { type RetentionDraft, draftOfRules, emptyDraft, isShorter, rulesOfDraft } from './retention-draft';
import { RetentionTable } from './retention-table';

/** How long events, pictures and templates are kept, everywhere and at single sites. */
export function RetentionSection({ mayWrite }: { readonly mayWrite: boolean }) {
  const t = useTranslations('privacy');
  const retention = useQuery({ queryKey: privacyKeys.retention, queryFn: privacyApi.retention });
  return (
    <Section title={t('retention')} hint={t('retentionHint')}>
      {retention.isPending && <Skeleton className="m-4 h-16" />}
      {retention.isError && (
        <ErrorNotice error={retention.error} onRetry={() => void retention.refetch()} className="py-8" />
      )}
      {retention.data && (
        <RetentionForm key={JSON.stringify(retention.data)} settings={retention.data} mayWrite={mayWrite} />
      )}
    </Section>
  );
}

interface RetentionFormProps {
  readonly settings: RetentionSettings;
  readonly mayWrite: boolean;
}

function RetentionForm({ settings, mayWrite }: RetentionFormProps) {
  const t = useTranslations('privacy');
  const access = useTranslations('access');
  const toaster = useToaster();
  const cache = useQueryClient();
  const [draft, setDraft] = useState<readonly RetentionDraft[]>(() => draftOfRules(settings.rules));
  const [asking, setAsking] = useState(false);
  const asked = rulesOfDraft(draft);
  const isChanged = JSON.stringify(asked) !== JSON.stringify(rulesOfDraft(draftOfRules(settings.rules)));
  const save = useMutation({
    mutationFn: () => privacyApi.putRetention(asked ?? settings),
    onSuccess: (saved) => {
      cache.setQueryData(privacyKeys.retention, saved);
      toaster.done(t('saved'));
      setAsking(false);
    },
  });
  return (
    <>
      <RetentionTable draft={draft} mayWrite={mayWrite} onChange={setDraft} />
      {mayWrite && (
        <div className="flex flex-wrap items-center justify-between gap-2 border-t px-4 py-3">
          <AddSite draft={draft} onAdd={(siteId) => setDraft([...draft, emptyDraft(siteId)])} />
          <div className="flex gap-2">
            <Button disabled={!isChanged} onClick={() => setDraft(draftOfRules(settings.rules))}>
              {access('discard')}
            </Button>
            <Button
              variant="primary"
              disabled={!isChanged || !asked}
              pending={save.isPending}
              onClick={() =>
                asked && isShorter(settings.rules, asked.rules) ? setAsking(true) : save.mutate()
              }
            >
              {access('save')}
            </Button>
          </div>
          <Refusal error={save.error} />
        </div>
      )}
      {asking && (
        <ConfirmAction
          title={t('shorter')}
          description={t('shorterHint')}
          confirmLabel={t('apply')}
          action={save}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
}

/** Begins rules of a site that has none; nothing where every site has. */
function AddSite(props: {
  readonly draft: readonly RetentionDraft[];
  readonly onAdd: (siteId: SiteId) => void;
}) {
  const t = useTranslations('privacy');
  const sites = (useSites().data ?? []).filter(({ id }) => !props.draft.some(({ siteId }) => siteId === id));
  if (sites.length === 0) return <span />;
  return (
    <Select<SiteId | ''>
      label={t('addSite')}
      value=""
      placeholder={t('addSite')}
      onChange={(siteId) => siteId !== '' && props.onAdd(siteId)}
      options={sites.map(({ id, name }) => ({ value: id, label: name }))}
    />
  );
}
