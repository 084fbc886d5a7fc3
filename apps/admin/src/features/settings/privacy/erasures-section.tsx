'use client';

import { useQuery } from '@tanstack/react-query';
import { CircleCheck, Clock, ShieldCheck } from 'lucide-react';
import { useTranslations } from 'next-intl';
import Link from 'next/link';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { ErrorNotice } from '@/components/ui/error-notice';
import { Notice } from '@/components/ui/notice';
import { Skeleton } from '@/components/ui/skeleton';
import { useFormats } from '@/lib/hooks/use-formats';
import { Section, SectionRow } from '../section';
import { privacyApi, privacyKeys } from './privacy-api';

/** The erasures with how many doors have confirmed each; the proof by door is one step away. */
export function ErasuresSection() {
  const t = useTranslations('privacy');
  const words = useTranslations('erasure');
  const formats = useFormats();
  const erasures = useQuery({ queryKey: privacyKeys.erasures, queryFn: privacyApi.erasures });
  return (
    <Section title={t('erasures')} hint={t('erasuresHint')}>
      {erasures.isPending && <Skeleton className="m-4 h-5 w-1/2" />}
      {erasures.isError && (
        <ErrorNotice error={erasures.error} onRetry={() => void erasures.refetch()} className="py-8" />
      )}
      {erasures.data?.items.length === 0 && (
        <Notice icon={<ShieldCheck />} title={t('erasuresEmpty')} className="py-10">
          {t('erasuresEmptyHint')}
        </Notice>
      )}
      <ul>
        {erasures.data?.items.map(({ id, erasedAt, completedAt, doorsConfirmed, doorsTotal }) => (
          <SectionRow
            key={id}
            as="li"
            icon={completedAt ? <CircleCheck /> : <Clock />}
            title={t('erasedAt', { at: formats.dateTime(erasedAt) })}
            note={<code>{id}</code>}
          >
            <Badge tone={completedAt ? 'granted' : 'caution'} className="self-center">
              {completedAt ? t('complete') : t('waiting', { done: doorsConfirmed, total: doorsTotal })}
            </Badge>
            <Button asChild size="sm">
              <Link href={`/people/erased?erasure=${id}`}>{words('proof')}</Link>
            </Button>
          </SectionRow>
        ))}
      </ul>
    </Section>
  );
}
