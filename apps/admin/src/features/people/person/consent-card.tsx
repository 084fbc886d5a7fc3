'use client';

import type { Consent, Person } from '@munjigi/contracts';
import { useQuery } from '@tanstack/react-query';
import { FileCheck, FileX } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { Refusal } from '@/components/ui/refusal';
import { Skeleton } from '@/components/ui/skeleton';
import { useFormats } from '@/lib/hooks/use-formats';
import { lazyPart } from '@/lib/lazy-part';
import { useMay } from '../../auth/use-may';
import { personApi, personKeys } from './person-api';

const RecordConsentDialog = lazyPart(() => import('./consent-dialogs').then((m) => m.RecordConsentDialog));
const WithdrawConsentDialog = lazyPart(() =>
  import('./consent-dialogs').then((m) => m.WithdrawConsentDialog),
);

/** What a person has consented to, and taken back. */
export function ConsentCard({ person }: { readonly person: Person }) {
  const t = useTranslations('consent');
  const may = useMay();
  const [act, setAct] = useState<'record' | 'withdraw' | null>(null);
  const consents = useQuery({
    queryKey: personKeys.consents(person.id),
    queryFn: ({ signal }) => personApi.consents(person.id, signal),
  });
  const holds = (consents.data ?? []).some(({ withdrawnAt }) => withdrawnAt === null);
  const mayWrite = may('enrolment:write', person.siteId) && consents.isSuccess;
  return (
    <Card
      title={t('title')}
      action={
        mayWrite &&
        (holds ? (
          <Button size="sm" onClick={() => setAct('withdraw')}>
            <FileX aria-hidden />
            {t('withdraw')}
          </Button>
        ) : (
          <Button size="sm" onClick={() => setAct('record')}>
            <FileCheck aria-hidden />
            {t('record')}
          </Button>
        ))
      }
    >
      <div className="px-3.5 py-2.5 empty:hidden">
        {consents.isPending && <Skeleton className="h-5 w-1/2" />}
        <Refusal error={consents.error} />
        {consents.data?.length === 0 && <p className="text-ink-muted">{t('none')}</p>}
      </div>
      <ul className="divide-y">
        {(consents.data ?? []).map((consent) => (
          <ConsentRow key={consent.id} consent={consent} />
        ))}
      </ul>
      {act === 'record' && <RecordConsentDialog person={person} onClose={() => setAct(null)} />}
      {act === 'withdraw' && <WithdrawConsentDialog person={person} onClose={() => setAct(null)} />}
    </Card>
  );
}

function ConsentRow({ consent }: { readonly consent: Consent }) {
  const t = useTranslations('consent');
  const formats = useFormats();
  const { withdrawnAt } = consent;
  return (
    <li className="flex items-center gap-3 px-3.5 py-2">
      <div className="min-w-0 flex-1">
        <p>{t('toVersion', { version: consent.textVersion, how: t(`how.${consent.how}`) })}</p>
        <p className="text-xs text-ink-faint">
          {t('recorded', { name: consent.recordedBy, time: formats.dateTime(consent.recordedAt) })}
        </p>
      </div>
      <Badge tone={withdrawnAt === null ? 'granted' : 'plain'}>
        {withdrawnAt === null ? t('holds') : t('withdrawn', { time: formats.date(withdrawnAt) })}
      </Badge>
    </li>
  );
}
