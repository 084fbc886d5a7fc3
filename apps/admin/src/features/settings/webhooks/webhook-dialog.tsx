'use client';

import {
  type CreateWebhookRequest,
  type SiteId,
  WEBHOOK_EVENTS,
  type Webhook,
  type WebhookEvent,
  createWebhookRequestSchema,
  WEBHOOK_PEOPLE,
} from '@munjigi/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { CheckList } from '@/components/ui/check-list';
import { FormDialog } from '@/components/ui/form-dialog';
import { Labelled } from '@/components/ui/labelled';
import { Segmented } from '@/components/ui/segmented';
import { TextField } from '@/components/ui/text-field';
import { useToaster } from '@/components/ui/toast';
import { useConfirmedMutation } from '../../auth/step-up';
import { SitesField } from '../sites-field';
import { SecretDialog } from './secret-dialog';
import { useEventName } from './use-event-name';
import { webhookKeys, webhooksApi } from './webhooks-api';

interface WebhookDialogProps {
  /** What to change; undefined: a new webhook. */
  readonly webhook?: Webhook;
  readonly onClose: () => void;
}

const NEW = {
  name: '',
  url: 'https://',
  events: [...WEBHOOK_EVENTS],
  siteIds: null,
  people: 'none',
} as const;

/** Makes a webhook and shows its secret this once, or changes one. */
export function WebhookDialog({ webhook, onClose }: WebhookDialogProps) {
  const t = useTranslations('webhooks');
  const common = useTranslations('common');
  const eventName = useEventName();
  const form = useWebhookForm(webhook, onClose);
  if (form.secret !== undefined) return <SecretDialog secret={form.secret} onClose={onClose} />;
  const { values, change, isWrong } = form;
  return (
    <FormDialog
      title={webhook ? t('changeOf', { name: webhook.name }) : t('add')}
      description={t('addHint')}
      submitLabel={webhook ? common('save') : t('submit')}
      action={form.save}
      onSubmit={form.submit}
      onClose={onClose}
      wide
    >
      <NameAndAddress form={form} />
      <div>
        <CheckList<WebhookEvent>
          label={t('events')}
          options={WEBHOOK_EVENTS.map((value) => ({ value, label: eventName(value) }))}
          chosen={values.events}
          empty=""
          onChange={(events) => change({ events })}
        />
        {isWrong('events') && (
          <p role="alert" className="mt-1.5 text-xs text-denied">
            {t('eventsMissing')}
          </p>
        )}
      </div>
      <SitesField
        allLabel={t('allSites')}
        value={values.siteIds}
        onChange={(siteIds) => change({ siteIds })}
        error={isWrong('siteIds')}
      />
      <Labelled label={t('people')}>
        <Segmented
          label={t('people')}
          value={values.people}
          onChange={(people) => change({ people })}
          options={WEBHOOK_PEOPLE.map((value) => ({ value, label: t(`say.${value}`) }))}
        />
      </Labelled>
    </FormDialog>
  );
}

type Form = ReturnType<typeof useWebhookForm>;

function NameAndAddress({ form: { values, change, isWrong } }: { readonly form: Form }) {
  const t = useTranslations('webhooks');
  const common = useTranslations('common');
  const setup = useTranslations('setup');
  return (
    <>
      <TextField
        label={common('name')}
        error={isWrong('name') ? setup('nameMissing') : undefined}
        value={values.name}
        autoFocus
        maxLength={120}
        onChange={(name) => change({ name })}
      />
      <TextField
        label={t('url')}
        hint={t('urlHint')}
        error={isWrong('url') ? t('urlInvalid') : undefined}
        value={values.url}
        type="url"
        inputMode="url"
        spellCheck={false}
        maxLength={2000}
        onChange={(url) => change({ url })}
      />
    </>
  );
}

interface Values extends Pick<Webhook, 'name' | 'url' | 'events' | 'people'> {
  readonly siteIds: SiteId[] | null;
}

function useWebhookForm(webhook: Webhook | undefined, onClose: () => void) {
  const t = useTranslations('webhooks');
  const toaster = useToaster();
  const cache = useQueryClient();
  const [values, setValues] = useState<Values>(() => ({
    ...NEW,
    ...webhook,
    events: [...(webhook ?? NEW).events],
  }));
  const [tried, setTried] = useState(false);
  const parsed = createWebhookRequestSchema.safeParse({ ...values, enabled: webhook?.enabled ?? true });
  const save = useConfirmedMutation(
    async (body: CreateWebhookRequest): Promise<{ webhook: Webhook; secret?: string }> =>
      webhook ? { webhook: await webhooksApi.update(webhook.id, body) } : webhooksApi.create(body),
    (saved) => {
      void cache.invalidateQueries({ queryKey: webhookKeys.list });
      if (saved.secret !== undefined) return;
      toaster.done(t('saved', { name: saved.webhook.name }));
      onClose();
    },
  );
  return {
    values,
    save,
    secret: save.data?.secret,
    change: (changes: Partial<Values>) => setValues((current) => ({ ...current, ...changes })),
    isWrong: (field: string) => tried && !!parsed.error?.issues.some(({ path }) => path[0] === field),
    submit: () => {
      setTried(true);
      if (parsed.success) save.mutate(parsed.data);
    },
  };
}
