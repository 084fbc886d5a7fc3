'use client';

import type { DeadLetter, Door } from '@munjigi/contracts';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { Refusal } from '@/components/ui/refusal';
import { useToaster } from '@/components/ui/toast';
import { useFormats } from '@/lib/hooks/use-formats';
import { lazyPart } from '@/lib/lazy-part';
import { useMay } from '../../../auth/use-may';
import { accountApi, accountKeys } from './account-api';

const ReasonDialog = lazyPart(() => import('../../../access/reason-dialog').then((m) => m.ReasonDialog));

const PAGE = 10;

/** A door's events that are not in the account and that nobody has seen to; nothing where there are none. */
export function DeadLettersCard({ door }: { readonly door: Door }) {
  const t = useTranslations('deadLetters');
  const common = useTranslations('common');
  const letters = useInfiniteQuery({
    queryKey: accountKeys.deadLetters(door.id),
    queryFn: ({ pageParam, signal }) =>
      accountApi.deadLetters({ doorId: door.id, state: 'open', limit: PAGE, cursor: pageParam }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
    refetchInterval: 60_000,
  });
  const items = letters.data?.pages.flatMap((page) => page.items) ?? [];
  if (items.length === 0 && !letters.error) return null;
  return (
    <Card title={t('title')}>
      <div className="grid gap-2 px-3.5 py-2.5">
        <Refusal error={letters.error} />
        <p className="text-xs text-ink-muted">{t('hint')}</p>
      </div>
      <ul className="divide-y border-t">
        {items.map((letter) => (
          <LetterRow key={letter.id} door={door} letter={letter} />
        ))}
      </ul>
      {letters.hasNextPage && (
        <div className="flex justify-center border-t py-2">
          <Button
            size="sm"
            variant="ghost"
            pending={letters.isFetchingNextPage}
            onClick={() => void letters.fetchNextPage()}
          >
            {common('more')}
          </Button>
        </div>
      )}
    </Card>
  );
}

interface LetterProps {
  readonly door: Door;
  readonly letter: DeadLetter;
}

function LetterRow({ door, letter }: LetterProps) {
  const t = useTranslations('deadLetters');
  const formats = useFormats();
  const mayWrite = useMay()('doors:write', door.site.id);
  const toaster = useToaster();
  const cache = useQueryClient();
  const [isDismissing, setDismissing] = useState(false);
  const retry = useMutation({
    mutationFn: () => accountApi.retry(letter.id),
    onSuccess: () => toaster.done(t('stored')),
    onError: (error) => toaster.failed(error),
    onSettled: () => cache.invalidateQueries({ queryKey: accountKeys.all(door.id) }),
  });
  return (
    <li className="grid gap-1 px-3.5 py-2">
      <div className="flex flex-wrap items-center gap-2">
        <span className="min-w-0 flex-1">{t(`reason.${letter.reason}`)}</span>
        {mayWrite && (
          <>
            <Button size="sm" variant="ghost" pending={retry.isPending} onClick={() => retry.mutate()}>
              {t('retry')}
            </Button>
            <Button size="sm" variant="ghost" onClick={() => setDismissing(true)}>
              {t('dismiss')}
            </Button>
          </>
        )}
      </div>
      <p className="text-xs text-ink-faint tabular-nums">
        {t('which', { sequence: letter.sequence, at: formats.dateTime(letter.receivedAt) })}
      </p>
      <details className="text-xs">
        <summary className="cursor-pointer font-medium text-ink-muted hover:text-ink">{t('details')}</summary>
        <p className="mt-1 break-words text-ink-muted">{letter.detail}</p>
        <pre
          tabIndex={0}
          className="mt-1 max-h-40 overflow-auto rounded-md bg-sunken p-2 break-all whitespace-pre-wrap"
        >
          {letter.event}
        </pre>
      </details>
      {isDismissing && <DismissDialog door={door} letter={letter} onClose={() => setDismissing(false)} />}
    </li>
  );
}

function DismissDialog({ door, letter, onClose }: LetterProps & { readonly onClose: () => void }) {
  const t = useTranslations('deadLetters');
  const toaster = useToaster();
  const cache = useQueryClient();
  const dismiss = useMutation({
    mutationFn: (note: string) => accountApi.dismiss(letter.id, note),
    onSuccess: async () => {
      toaster.done(t('dismissed'));
      onClose();
      await cache.invalidateQueries({ queryKey: accountKeys.all(door.id) });
    },
  });
  return (
    <ReasonDialog
      danger
      title={t('dismissTitle')}
      description={t('dismissHint')}
      confirmLabel={t('dismiss')}
      pending={dismiss.isPending}
      error={dismiss.error}
      onConfirm={(note) => dismiss.mutate(note)}
      onClose={onClose}
    />
  );
}
