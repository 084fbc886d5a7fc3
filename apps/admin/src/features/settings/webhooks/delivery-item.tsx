'use client';

import type { WebhookAttempt, WebhookDelivery } from '@munjigi/contracts';
import { Check, Clock, RotateCw, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { useFormats } from '@/lib/hooks/use-formats';
import { useEventName } from './use-event-name';

interface DeliveryItemProps {
  readonly delivery: WebhookDelivery;
  /** Undefined for those who may only look. */
  readonly onReplay: ((deliveryId: string) => void) | undefined;
}

const STATES = {
  waiting: { tone: 'caution', Icon: Clock },
  delivered: { tone: 'granted', Icon: Check },
  failed: { tone: 'denied', Icon: X },
} as const;

/** One message and its attempts. */
export function DeliveryItem({ delivery, onReplay }: DeliveryItemProps) {
  const t = useTranslations('webhooks');
  const formats = useFormats();
  const { tone, Icon } = STATES[delivery.state];
  const event = useEventName()(delivery.event);
  return (
    <li className="grid gap-2 border-b px-5 py-3">
      <div className="flex items-center gap-3">
        <div className="min-w-0 flex-1">
          <p className="truncate text-sm font-medium">{event}</p>
          <p className="text-xs text-ink-faint tabular-nums">
            <time dateTime={delivery.createdAt} title={formats.full(delivery.createdAt)}>
              {formats.dateTime(delivery.createdAt)}
            </time>
            {' · '}
            {t('attempts', { count: delivery.attemptCount })}
          </p>
        </div>
        <Badge tone={tone}>
          <Icon aria-hidden />
          {t(`delivery.${delivery.state}`)}
        </Badge>
        {onReplay && delivery.state !== 'waiting' && (
          <Button size="sm" onClick={() => onReplay(delivery.id)}>
            <RotateCw aria-hidden />
            {t('replay')}
          </Button>
        )}
      </div>
      {delivery.nextAttemptAt !== null && delivery.attemptCount > 0 && (
        <p className="text-xs text-ink-muted">
          {t('next', { at: formats.dateTime(delivery.nextAttemptAt) })}
        </p>
      )}
      {delivery.attempts.length > 0 && (
        <ul aria-label={t('attemptsOf', { event })} className="grid gap-2">
          {delivery.attempts.map((attempt) => (
            <Attempt key={attempt.at} attempt={attempt} />
          ))}
        </ul>
      )}
    </li>
  );
}

function Attempt({
  attempt: { at, status, durationMs, fault, excerpt },
}: {
  readonly attempt: WebhookAttempt;
}) {
  const t = useTranslations('webhooks');
  const formats = useFormats();
  return (
    <li className="rounded-md border bg-surface px-3 py-2 text-xs">
      <p className="flex flex-wrap gap-x-3 text-ink-muted tabular-nums">
        <span className="font-medium text-ink">
          {status === null ? t('noAnswer') : t('answer', { status: String(status) })}
        </span>
        <span>{t('duration', { ms: durationMs })}</span>
        <time dateTime={at}>{formats.dateTime(at)}</time>
      </p>
      {fault && <p className="mt-1 text-denied">{t(`fault.${fault}`)}</p>}
      {excerpt && <code className="mt-1 block break-all whitespace-pre-wrap text-ink-faint">{excerpt}</code>}
    </li>
  );
}
