'use client';

import { Lock, LockOpen, ShieldCheck } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type ReactNode, useState } from 'react';
import { Button } from '@/components/ui/button';
import { ErrorNotice } from '@/components/ui/error-notice';
import { Notice } from '@/components/ui/notice';
import { Skeleton } from '@/components/ui/skeleton';
import { useToaster } from '@/components/ui/toast';
import { cn } from '@/lib/cn';
import { useFormats } from '@/lib/hooks/use-formats';
import { lazyPart } from '@/lib/lazy-part';
import { useMay } from '../../auth/use-may';
import { useDoors } from '../../live/use-live-data';
import { Section } from '../section';
import { useGroups, useSites } from '../use-places';
import type { KeptLockdown } from './lockdowns-api';
import { useLiftLockdown, useLockdowns } from './use-lockdowns';

const ReasonDialog = lazyPart(() => import('../reason-dialog').then((m) => m.ReasonDialog));
const StartLockdownDialog = lazyPart(() =>
  import('./start-lockdown-dialog').then((m) => m.StartLockdownDialog),
);

/** Lockdowns in force and past, and a way to start and release one. */
export function LockdownPage() {
  const t = useTranslations('lockdown');
  const may = useMay();
  const lockdowns = useLockdowns();
  const [starting, setStarting] = useState(false);
  const [lifted, setLifted] = useState<KeptLockdown | null>(null);
  const mayOperate = may('lockdown:operate');
  const inForce = (lockdowns.data ?? []).filter(({ liftedAt }) => liftedAt === null);
  const past = (lockdowns.data ?? []).filter(({ liftedAt }) => liftedAt !== null);

  if (lockdowns.isError && !lockdowns.data)
    return <ErrorNotice error={lockdowns.error} onRetry={() => void lockdowns.refetch()} />;
  return (
    <div className="min-h-0 flex-1 overflow-y-auto">
      <div className="grid max-w-4xl gap-8 p-4 md:p-6">
        <Section
          title={t('inForce')}
          hint={t('hint')}
          action={
            mayOperate && (
              <Button variant="danger" onClick={() => setStarting(true)}>
                <Lock aria-hidden />
                {t('start')}
              </Button>
            )
          }
        >
          {lockdowns.isPending && <Skeleton className="h-16" />}
          {lockdowns.isSuccess && inForce.length === 0 && (
            <Notice icon={<ShieldCheck />} title={t('none')} className="rounded-xl border bg-surface py-10">
              {t('noneHint')}
            </Notice>
          )}
          <ul className="grid gap-2">
            {inForce.map((lockdown) => (
              <LockdownCard key={lockdown.id} lockdown={lockdown}>
                {mayOperate && (
                  <Button onClick={() => setLifted(lockdown)}>
                    <LockOpen aria-hidden />
                    {t('release')}
                  </Button>
                )}
              </LockdownCard>
            ))}
          </ul>
        </Section>
        {past.length > 0 && (
          <Section title={t('past')}>
            <ul className="grid gap-2">
              {past.map((lockdown) => (
                <LockdownCard key={lockdown.id} lockdown={lockdown} />
              ))}
            </ul>
          </Section>
        )}
      </div>
      {starting && <StartLockdownDialog onClose={() => setStarting(false)} />}
      {lifted && <ReleaseDialog lockdown={lifted} onClose={() => setLifted(null)} />}
    </div>
  );
}

/** What a lockdown closes, in words: a site, or its doors by name. */
export function useScopeText(): (scope: KeptLockdown['scope']) => string {
  const t = useTranslations('lockdown');
  const sites = useSites();
  const doors = useDoors();
  return (scope) => {
    if (scope.kind === 'site') return sites.data?.find(({ id }) => id === scope.siteId)?.name ?? t('oneSite');
    const names = scope.doorIds.flatMap((id) => doors.data?.find((door) => door.id === id)?.name ?? []);
    return names.length > 0 ? names.join(', ') : t('doors', { count: scope.doorIds.length });
  };
}

function LockdownCard({
  lockdown,
  children,
}: {
  readonly lockdown: KeptLockdown;
  readonly children?: ReactNode;
}) {
  const t = useTranslations('lockdown');
  const formats = useFormats();
  const scope = useScopeText();
  const groups = useGroups();
  const exempt = lockdown.exemptGroupIds.flatMap(
    (id) => groups.data?.find((group) => group.id === id)?.name ?? [],
  );
  const { liftedAt } = lockdown;
  return (
    <li
      className={cn(
        'flex flex-wrap items-start gap-3 rounded-xl border p-3.5',
        liftedAt === null ? 'border-denied bg-denied-soft' : 'bg-surface',
      )}
    >
      <Lock
        aria-hidden
        className={cn('mt-0.5 size-4', liftedAt === null ? 'text-denied' : 'text-ink-faint')}
      />
      <div className="min-w-0 flex-1">
        <p className="font-semibold break-words">{scope(lockdown.scope)}</p>
        <p className="break-words">{lockdown.note}</p>
        <p className="text-xs text-ink-muted">
          {t('started', { name: lockdown.startedBy, time: formats.dateTime(lockdown.since) })}
          {liftedAt && (
            <> · {t('released', { name: lockdown.liftedBy ?? '', time: formats.dateTime(liftedAt) })}</>
          )}
        </p>
        {exempt.length > 0 && (
          <p className="text-xs text-ink-muted">{t('exempt', { name: exempt.join(', ') })}</p>
        )}
      </div>
      {children}
    </li>
  );
}

function ReleaseDialog({
  lockdown,
  onClose,
}: {
  readonly lockdown: KeptLockdown;
  readonly onClose: () => void;
}) {
  const t = useTranslations('lockdown');
  const toaster = useToaster();
  const scope = useScopeText()(lockdown.scope);
  const lift = useLiftLockdown();
  return (
    <ReasonDialog
      title={t('releaseTitle', { name: scope })}
      description={t('releaseHint')}
      confirmLabel={t('release')}
      pending={lift.isPending}
      error={lift.error}
      onConfirm={(reason) =>
        lift.mutate(
          { id: lockdown.id, reason },
          {
            onSuccess: () => {
              toaster.done(t('isReleased', { name: scope }));
              onClose();
            },
          },
        )
      }
      onClose={onClose}
    />
  );
}
