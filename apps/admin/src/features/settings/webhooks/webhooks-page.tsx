'use client';

import type { Webhook } from '@munjigi/contracts';
import { Plus, Webhook as WebhookIcon } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useCallback, useState } from 'react';
import { Button } from '@/components/ui/button';
import { ListPage } from '@/components/ui/list-page';
import { lazyPart } from '@/lib/lazy-part';
import { useMay } from '../../auth/use-may';
import { useSwitchWebhook } from './use-switch-webhook';
import type { WebhookAction } from './webhook-menu';
import { useWebhooks } from './webhooks-api';
import { useWebhookColumns } from './webhooks-columns';

const DeliveriesPanel = lazyPart(() => import('./deliveries-panel').then((m) => m.DeliveriesPanel));
const DeleteWebhookDialog = lazyPart(() =>
  import('./delete-webhook-dialog').then((m) => m.DeleteWebhookDialog),
);
const RenewSecretDialog = lazyPart(() => import('./renew-secret-dialog').then((m) => m.RenewSecretDialog));
const WebhookDialog = lazyPart(() => import('./webhook-dialog').then((m) => m.WebhookDialog));

type Open = { readonly action: 'add' } | { readonly action: WebhookAction; readonly webhook: Webhook };

/** Other systems that are told what happens. */
export function WebhooksPage() {
  const t = useTranslations('webhooks');
  const mayWrite = useMay()('webhooks:write');
  const webhooks = useWebhooks();
  const [open, setOpen] = useState<Open | null>(null);
  const { mutate: turn } = useSwitchWebhook();
  const act = useCallback(
    (action: WebhookAction, webhook: Webhook) =>
      action === 'switch' ? turn(webhook) : setOpen({ action, webhook }),
    [turn],
  );
  const columns = useWebhookColumns(mayWrite, act);
  const close = () => setOpen(null);
  return (
    <ListPage
      title={t('title')}
      hint={t('hint')}
      columns={columns}
      query={webhooks}
      empty={{ icon: <WebhookIcon />, title: t('empty'), hint: t('emptyHint') }}
      action={
        mayWrite && (
          <Button variant="primary" onClick={() => setOpen({ action: 'add' })}>
            <Plus aria-hidden />
            {t('add')}
          </Button>
        )
      }
    >
      {open?.action === 'add' && <WebhookDialog onClose={close} />}
      {open?.action === 'change' && <WebhookDialog webhook={open.webhook} onClose={close} />}
      {open?.action === 'log' && (
        <DeliveriesPanel webhook={open.webhook} mayWrite={mayWrite} onClose={close} />
      )}
      {open?.action === 'renew' && <RenewSecretDialog webhook={open.webhook} onClose={close} />}
      {open?.action === 'delete' && <DeleteWebhookDialog webhook={open.webhook} onClose={close} />}
    </ListPage>
  );
}
