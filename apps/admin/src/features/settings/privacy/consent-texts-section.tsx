'use client';

import type { consentTextSchema } from '@munjigi/contracts';
import { useQuery } from '@tanstack/react-query';
import { FilePlus, FileText } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { z } from 'zod';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { ErrorNotice } from '@/components/ui/error-notice';
import { Notice } from '@/components/ui/notice';
import { Skeleton } from '@/components/ui/skeleton';
import { useFormats } from '@/lib/hooks/use-formats';
import { lazyPart } from '@/lib/lazy-part';
import { Section } from '../section';
import { privacyApi, privacyKeys } from './privacy-api';

const ConsentTextDialog = lazyPart(() => import('./consent-text-dialog').then((m) => m.ConsentTextDialog));

type ConsentText = z.infer<typeof consentTextSchema>;

/** What people consent to: every version in its languages, the newest first. */
export function ConsentTextsSection({ mayWrite }: { readonly mayWrite: boolean }) {
  const t = useTranslations('privacy');
  const texts = useQuery({ queryKey: privacyKeys.texts, queryFn: privacyApi.texts });
  const [adding, setAdding] = useState(false);
  return (
    <Section
      title={t('texts')}
      hint={t('textsHint')}
      action={
        mayWrite && (
          <Button onClick={() => setAdding(true)}>
            <FilePlus aria-hidden />
            {t('addText')}
          </Button>
        )
      }
    >
      {texts.isPending && <Skeleton className="m-4 h-5 w-1/2" />}
      {texts.isError && (
        <ErrorNotice error={texts.error} onRetry={() => void texts.refetch()} className="py-8" />
      )}
      {texts.data?.items.length === 0 && (
        <Notice icon={<FileText />} title={t('textsEmpty')} className="py-10">
          {t('textsEmptyHint')}
        </Notice>
      )}
      <ul>
        {texts.data?.items.map((text, index) => (
          <TextRow key={text.version} text={text} isCurrent={index === 0} />
        ))}
      </ul>
      {adding && <ConsentTextDialog latest={texts.data?.items[0]} onClose={() => setAdding(false)} />}
    </Section>
  );
}

function TextRow({ text, isCurrent }: { readonly text: ConsentText; readonly isCurrent: boolean }) {
  const t = useTranslations('privacy');
  const formats = useFormats();
  return (
    <li className="border-b last:border-b-0">
      <details>
        <summary className="flex cursor-pointer flex-wrap items-center gap-x-3 gap-y-1 px-4 py-3 text-sm font-medium hover:bg-hover/60">
          {t('version', { version: text.version })}
          {isCurrent && <Badge tone="granted">{t('current')}</Badge>}
          <span className="text-xs font-normal text-ink-faint">
            {t('since', { at: formats.dateTime(text.createdAt) })} · {Object.keys(text.texts).join(', ')}
          </span>
        </summary>
        <div className="grid gap-4 px-4 pb-4 md:grid-cols-2">
          {Object.entries(text.texts).map(([language, words]) => (
            <p
              key={language}
              lang={language}
              className="max-h-60 overflow-y-auto rounded-md border bg-sunken px-3 py-2 text-sm whitespace-pre-wrap"
            >
              {words}
            </p>
          ))}
        </div>
      </details>
    </li>
  );
}
