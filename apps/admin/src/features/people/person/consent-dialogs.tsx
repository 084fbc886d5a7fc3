'use client';

import type { ConsentHow, Person } from '@munjigi/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useLocale, useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog, DialogFooter } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Refusal } from '@/components/ui/refusal';
import { Select } from '@/components/ui/select';
import { Skeleton } from '@/components/ui/skeleton';
import { Textarea } from '@/components/ui/textarea';
import { useToaster } from '@/components/ui/toast';
import { useRefreshPeople } from '../use-people';
import { type ConsentText, personApi, personKeys } from './person-api';

interface ConsentDialogProps {
  readonly person: Person;
  readonly onClose: () => void;
}

const WAYS: readonly ConsentHow[] = ['paper', 'screen', 'invitation'];

/** Records that a person has consented: to the newest text, and how. */
export function RecordConsentDialog({ person, onClose }: ConsentDialogProps) {
  const t = useTranslations('consent');
  const common = useTranslations('common');
  const toaster = useToaster();
  const cache = useQueryClient();
  const [how, setHow] = useState<ConsentHow>('paper');
  const texts = useQuery({
    queryKey: personKeys.consentTexts,
    queryFn: ({ signal }) => personApi.consentTexts(signal),
  });
  const text = texts.data?.[0];
  const record = useMutation({
    mutationFn: (textVersion: number) => personApi.recordConsent(person.id, { textVersion, how }),
    onSuccess: () => cache.invalidateQueries({ queryKey: personKeys.consents(person.id) }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!text) return;
    record.mutate(text.version, {
      onSuccess: () => {
        toaster.done(t('isRecorded', { name: person.name }));
        onClose();
      },
    });
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('record')}
      description={t('recordHint', { name: person.name })}
    >
      <form noValidate onSubmit={submit}>
        <div className="grid gap-4 px-5 pt-1 pb-5">
          {texts.isPending && <Skeleton className="h-24" />}
          {texts.isSuccess && !text && <p className="text-caution">{t('noText')}</p>}
          {text && <TextOfConsent text={text} />}
          <div className="grid gap-1.5">
            <span className="text-sm font-medium">{t('howLabel')}</span>
            <Select
              label={t('howLabel')}
              value={how}
              onChange={setHow}
              options={WAYS.map((value) => ({ value, label: t(`how.${value}`) }))}
              className="w-full"
            />
          </div>
          <Refusal error={texts.error ?? record.error} />
        </div>
        <DialogFooter>
          <Button onClick={onClose}>{common('cancel')}</Button>
          <Button type="submit" variant="primary" pending={record.isPending} disabled={!text}>
            {t('record')}
          </Button>
        </DialogFooter>
      </form>
    </Dialog>
  );
}

/** The text in the reader's language, else in the first that it is in. */
export function TextOfConsent({ text }: { readonly text: ConsentText }) {
  const t = useTranslations('consent');
  const locale = useLocale();
  const language = locale in text.texts ? locale : Object.keys(text.texts)[0];
  return (
    <div className="grid gap-1.5">
      <span className="text-sm font-medium">{t('text', { version: text.version })}</span>
      <p
        tabIndex={0}
        lang={language}
        className="max-h-40 overflow-y-auto rounded-md bg-sunken px-3 py-2 text-sm whitespace-pre-wrap"
      >
        {text.texts[language ?? '']}
      </p>
    </div>
  );
}

/** Takes a consent back, after saying what is deleted by that. */
export function WithdrawConsentDialog({ person, onClose }: ConsentDialogProps) {
  const t = useTranslations('consent');
  const common = useTranslations('common');
  const toaster = useToaster();
  const refresh = useRefreshPeople();
  const [reason, setReason] = useState('');
  const withdraw = useMutation({
    mutationFn: () => personApi.withdrawConsent(person.id, reason.trim().replaceAll(/\s+/g, ' ')),
    onSuccess: refresh,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    withdraw.mutate(undefined, {
      onSuccess: () => {
        toaster.done(t('isWithdrawn', { name: person.name }));
        onClose();
      },
    });
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('withdrawTitle', { name: person.name })}
      description={t('withdrawHint')}
    >
      <form noValidate onSubmit={submit}>
        <div className="grid gap-4 px-5 pt-1 pb-5">
          <Field label={t('reason')} hint={t('reasonHint')}>
            {(ids) => (
              <Textarea
                {...ids}
                rows={2}
                maxLength={500}
                value={reason}
                onChange={(event) => setReason(event.target.value)}
              />
            )}
          </Field>
          <Refusal error={withdraw.error} />
        </div>
        <DialogFooter>
          <Button onClick={onClose}>{common('cancel')}</Button>
          <Button type="submit" variant="danger" pending={withdraw.isPending}>
            {t('withdraw')}
          </Button>
        </DialogFooter>
      </form>
    </Dialog>
  );
}
