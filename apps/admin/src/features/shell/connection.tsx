'use client';

import { RotateCw, Unplug } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { Button } from '@/components/ui/button';
import { cn } from '@/lib/cn';
import { useLive, useLiveStatus } from '@/lib/live/live-provider';

/** A blink of the connection is nobody's business. */
const GRACE_MS = 1500;

/** Says that what is shown is not live any more, for as long as that is so. */
export function ConnectionBanner() {
  const t = useTranslations('connection');
  const status = useLiveStatus();
  const live = useLive();
  const [shown, setShown] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setShown(status === 'lost'), status === 'lost' ? GRACE_MS : 0);
    return () => clearTimeout(timer);
  }, [status]);
  return (
    <div role="status">
      {shown && (
        <div className="flex items-center gap-2.5 border-b bg-caution-soft px-4 py-2 text-caution md:px-6">
          <Unplug aria-hidden className="size-4 shrink-0" />
          <p className="min-w-0 flex-1 text-sm">
            <strong className="font-semibold">{t('lost')}</strong> {t('lostHint')}
          </p>
          <Button size="sm" onClick={() => live.retryNow()}>
            <RotateCw aria-hidden />
            {t('retry')}
          </Button>
        </div>
      )}
    </div>
  );
}

/** How the connection stands, in a dot and a word. */
export function ConnectionDot() {
  const t = useTranslations('connection');
  const status = useLiveStatus();
  return (
    <p className="flex h-7 items-center justify-center gap-2 px-2 text-2xs text-ink-faint lg:justify-start">
      <span
        aria-hidden
        className={cn(
          'size-1.5 rounded-full',
          status === 'connected'
            ? 'bg-granted'
            : status === 'lost'
              ? 'bg-caution'
              : 'animate-sweep bg-ink-faint',
        )}
      />
      <span className="sr-only lg:not-sr-only">{t(`status.${status}`)}</span>
    </p>
  );
}
