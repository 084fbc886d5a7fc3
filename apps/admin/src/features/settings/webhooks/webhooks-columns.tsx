'use client';

import type { Webhook } from '@munjigi/contracts';
import { useTranslations } from 'next-intl';
import { useMemo } from 'react';
import { Badge } from '@/components/ui/badge';
import type { Column } from '@/components/ui/table';
import { useFormats } from '@/lib/hooks/use-formats';
import { useSiteName } from '../../access/use-places';
import { useEventName } from './use-event-name';
import { type WebhookAction, WebhookMenu } from './webhook-menu';

/** The columns of the list of webhooks. */
export function useWebhookColumns(
  mayWrite: boolean,
  onAction: (action: WebhookAction, webhook: Webhook) => void,
): Column<Webhook>[] {
  const t = useTranslations('webhooks');
  return useMemo(
    () => [
      {
        id: 'name',
        header: t('column.name'),
        cell: (webhook) => (
          <span className="block min-w-0">
            <button
              type="button"
              className="block max-w-full truncate font-medium underline-offset-2 hover:underline"
              onClick={() => onAction('log', webhook)}
            >
              {webhook.name}
            </button>
            <span className="block truncate text-xs text-ink-faint">{webhook.url}</span>
          </span>
        ),
      },
      {
        id: 'events',
        header: t('column.events'),
        className: 'hidden w-2/5 lg:table-cell',
        cell: (row) => <Told webhook={row} />,
      },
      {
        id: 'state',
        header: t('column.state'),
        className: 'w-24 sm:w-32',
        cell: (row) => <WebhookState webhook={row} />,
      },
      {
        id: 'actions',
        header: <span className="sr-only">{t('column.actions')}</span>,
        className: 'w-14 pr-3 md:pr-5 text-right',
        cell: (row) => <WebhookMenu webhook={row} mayWrite={mayWrite} onAction={onAction} />,
      },
    ],
    [t, mayWrite, onAction],
  );
}

function Told({ webhook: { events, siteIds } }: { readonly webhook: Webhook }) {
  const t = useTranslations('webhooks');
  const siteName = useSiteName();
  const eventName = useEventName();
  const names = events.map((event) => eventName(event));
  return (
    <span className="block min-w-0">
      <span className="block truncate" title={names.join('\n')}>
        {names.join(', ')}
      </span>
      <span className="block truncate text-xs text-ink-faint">
        {siteIds === null ? t('allSites') : siteIds.map((id) => siteName(id)).join(', ')}
      </span>
    </span>
  );
}

/** Whether it is on, and whether what it is sent arrives. */
export function WebhookState({ webhook }: { readonly webhook: Webhook }) {
  const t = useTranslations('webhooks');
  const formats = useFormats();
  const { enabled, disabledBecause, failingSince } = webhook;
  if (!enabled) {
    const why = disabledBecause && t(disabledBecause === 'gone' ? 'state.gone' : 'state.disabled');
    return (
      <Badge tone={why ? 'denied' : 'plain'} title={why ?? undefined}>
        {t('state.off')}
      </Badge>
    );
  }
  if (failingSince !== null) {
    return (
      <Badge tone="caution" title={t('failingSince', { at: formats.dateTime(failingSince) })}>
        {t('state.failing')}
      </Badge>
    );
  }
  return <Badge tone="granted">{t('state.on')}</Badge>;
}
