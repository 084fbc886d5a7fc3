'use client';

import { CONSENT_POLICIES } from '@munjigi/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { Segmented } from '@/components/ui/segmented';
import { Skeleton } from '@/components/ui/skeleton';
import { useToaster } from '@/components/ui/toast';
import { Section, SectionRow } from '../section';
import { privacyApi, privacyKeys } from './privacy-api';

/** Whether faces are enrolled only with a consent that is recorded here. */
export function ConsentSection({ mayWrite }: { readonly mayWrite: boolean }) {
  const t = useTranslations('privacy');
  const toaster = useToaster();
  const cache = useQueryClient();
  const settings = useQuery({ queryKey: privacyKeys.settings, queryFn: privacyApi.settings });
  const save = useMutation({
    mutationFn: privacyApi.putSettings,
    onSuccess: (saved) => {
      cache.setQueryData(privacyKeys.settings, saved);
      toaster.done(t('consentSaved'));
    },
    onError: toaster.failed,
  });
  if (settings.isError) return null;
  return (
    <Section title={t('consent')} hint={t('consentHint')}>
      {settings.isPending && <Skeleton className="m-4 h-5 w-1/2" />}
      {settings.data && (
        <SectionRow title={mayWrite ? t('consent') : t(`policy.${settings.data.consent}`)}>
          {mayWrite && (
            <Segmented
              label={t('consent')}
              value={settings.data.consent}
              onChange={(consent) => save.mutate({ consent })}
              options={CONSENT_POLICIES.map((value) => ({ value, label: t(`policy.${value}`) }))}
            />
          )}
        </SectionRow>
      )}
    </Section>
  );
}
