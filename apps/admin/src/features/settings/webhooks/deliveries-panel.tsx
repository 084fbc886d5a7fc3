'use client';

import type { Webhook, WebhookDeliveryState } from '@munjigi/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Send, SendHorizontal } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useCallback, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { ErrorNotice } from '@/components/ui/error-notice';
import { LoadMore } from '@/components/ui/load-more';
import { Notice } from '@/components/ui/notice';
import { Segmented } from '@/components/ui/segmented';
import { Skeleton } from '@/components/ui/skeleton';
import { useToaster } from '@/components/ui/toast';
import { DeliveryItem } from './delivery-item';
import { useDeliveries, webhookKeys, webhooksApi } from './webhooks-api';

interface DeliveriesPanelProps {
  readonly webhook: Webhook;
  readonly mayWrite: boolean;
  readonly onClose: () => void;
}

const SHOWN = ['all', 'waiting', 'delivered', 'failed'] as const;

/** What a webhook was told and how it went, beside the list; a test can be sent and anything sent again. */
export function DeliveriesPanel({ webhook, mayWrite, onClose }: DeliveriesPanelProps) {
  const t = useTranslations('webhooks');
  const toaster = useToaster();
  const cache = useQueryClient();
  const [shown, setShown] = useState<WebhookDeliveryState | 'all'>('all');
  const refresh = () => cache.invalidateQueries({ queryKey: webhookKeys.deliveries(webhook.id) });
  const test = useMutation({
    mutationFn: () => webhooksApi.test(webhook.id),
    onSuccess: refresh,
    onError: toaster.failed,
  });
  const replay = useMutation({
    mutationFn: (deliveryId: string) => webhooksApi.replay(webhook.id, deliveryId),
    onSuccess: () => {
      toaster.done(t('replayed'));
      return refresh();
    },
    onError: toaster.failed,
  });
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('logOf', { name: webhook.name })}
      description={webhook.url}
      placement="side"
      className="sm:w-[32rem]"
    >
      <div className="flex flex-wrap items-center justify-between gap-2 px-5 pb-3">
        <Segmented
          label={t('filter')}
          value={shown}
          onChange={setShown}
          options={SHOWN.map((value) => ({
            value,
            label: value === 'all' ? t('all') : t(`delivery.${value}`),
          }))}
        />
        {mayWrite && (
          <Button pending={test.isPending} onClick={() => test.mutate()}>
            <SendHorizontal aria-hidden />
            {t('test')}
          </Button>
        )}
      </div>
      <Deliveries
        webhookId={webhook.id}
        shown={shown}
        onReplay={mayWrite ? (deliveryId) => replay.mutate(deliveryId) : undefined}
      />
    </Dialog>
  );
}

interface DeliveriesProps {
  readonly webhookId: string;
  readonly shown: WebhookDeliveryState | 'all';
  readonly onReplay: ((deliveryId: string) => void) | undefined;
}

function Deliveries({ webhookId, shown, onReplay }: DeliveriesProps) {
  const t = useTranslations('webhooks');
  const log = useDeliveries(webhookId, shown === 'all' ? undefined : shown);
  const { fetchNextPage } = log;
  const more = useCallback(() => void fetchNextPage(), [fetchNextPage]);
  if (log.isPending) {
    return (
      <div aria-busy className="grid gap-4 px-5 py-2">
        {[0, 1, 2].map((row) => (
          <Skeleton key={row} className="h-10" />
        ))}
      </div>
    );
  }
  if (log.isError && !log.data) {
    return <ErrorNotice error={log.error} onRetry={() => void log.refetch()} />;
  }
  if (log.data.length === 0) {
    return (
      <Notice icon={<Send />} title={t('logEmpty')} role="status">
        {t('logEmptyHint')}
      </Notice>
    );
  }
  return (
    <>
      <ul aria-label={t('log')} className="border-t">
        {log.data.map((delivery) => (
          <DeliveryItem key={delivery.id} delivery={delivery} onReplay={onReplay} />
        ))}
      </ul>
      <LoadMore
        hasMore={log.hasNextPage}
        pending={log.isFetchingNextPage}
        failed={log.isFetchNextPageError}
        onMore={more}
      />
    </>
  );
}
