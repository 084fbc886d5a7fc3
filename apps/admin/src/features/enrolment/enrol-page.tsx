'use client';

import type { OpenedEnrolmentInvitation } from '@munjigi/contracts';
import { useMutation, useQuery } from '@tanstack/react-query';
import { CircleCheck } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { useEffect, useMemo, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Checkbox } from '@/components/ui/checkbox';
import { Notice } from '@/components/ui/notice';
import { Refusal } from '@/components/ui/refusal';
import { Skeleton } from '@/components/ui/skeleton';
import { EntryLayout } from '../auth/entry-layout';
import { enrolmentApi } from './enrolment-api';
import { GuidedCamera } from './guided-camera';

/**
 * Where somebody who was invited enrols their own face. The token is behind the address's `#`, which browsers send to
 * nobody, so that it is in no server's log.
 */
export function EnrolPage() {
  const t = useTranslations('enrol');
  const [token, setToken] = useState<string | null>(null);
  useEffect(() => setToken(window.location.hash.slice(1)), []);
  const opened = useQuery({
    queryKey: ['enrolment-invitation', token],
    queryFn: () => enrolmentApi.open(token ?? ''),
    enabled: token !== null,
    retry: false,
    // The invitation is used up by what is done here: asked again it would say that it cannot be used.
    staleTime: Infinity,
  });
  const organisation = opened.data?.organisation;
  return (
    <EntryLayout
      title={opened.data ? t('greeting', { name: opened.data.name }) : t('title')}
      hint={organisation ? t('hintOf', { organisation }) : t('hint')}
    >
      {opened.isPending && <Skeleton className="h-56 rounded-lg" />}
      {opened.isError && <Refusal error={opened.error} />}
      {token !== null && opened.data && <Enrolling token={token} invitation={opened.data} />}
    </EntryLayout>
  );
}

interface EnrollingProps {
  readonly token: string;
  readonly invitation: OpenedEnrolmentInvitation;
}

/** Consent first, then the camera: no picture is taken of somebody who has not agreed. */
function Enrolling({ token, invitation: { consent } }: EnrollingProps) {
  const t = useTranslations('enrol');
  const locale = useLocale();
  const look = useMemo(() => enrolmentApi.lookAsInvited(token), [token]);
  const [agreed, setAgreed] = useState(consent === null);
  const [started, setStarted] = useState(consent === null);
  const [picture, setPicture] = useState<Blob | null>(null);
  const accept = useMutation({
    mutationFn: (taken: Blob) => enrolmentApi.accept(token, taken, consent?.textVersion),
  });
  if (accept.isSuccess) {
    return (
      <Notice icon={<CircleCheck />} title={t('done')} className="py-8">
        {t('doneHint')}
      </Notice>
    );
  }
  if (!started && consent) {
    const text = consent.texts[locale] ?? Object.values(consent.texts)[0];
    return (
      <div className="grid gap-4">
        <section
          aria-label={t('consent')}
          tabIndex={0}
          className="max-h-72 overflow-y-auto rounded-lg border bg-sunken px-3.5 py-3 text-sm whitespace-pre-wrap"
        >
          {text}
        </section>
        <Checkbox label={t('agree')} checked={agreed} onChange={setAgreed} />
        <Button variant="primary" size="lg" disabled={!agreed} onClick={() => setStarted(true)}>
          {t('start')}
        </Button>
        <p className="text-xs text-ink-faint">{t('refuseHint')}</p>
      </div>
    );
  }
  return (
    <div className="grid gap-4">
      <GuidedCamera look={look} onPicture={setPicture} />
      <Refusal error={accept.error} />
      <Button
        variant="primary"
        size="lg"
        disabled={!picture}
        pending={accept.isPending}
        onClick={() => picture && accept.mutate(picture)}
      >
        {t('send')}
      </Button>
    </div>
  );
}
