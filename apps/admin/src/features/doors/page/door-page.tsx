'use client';

import type { Door } from '@munjigi/contracts';
import { ArrowLeft, DoorClosed, ScanFace } from 'lucide-react';
import { useTranslations } from 'next-intl';
import Link from 'next/link';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { ErrorNotice } from '@/components/ui/error-notice';
import { Notice } from '@/components/ui/notice';
import { Skeleton } from '@/components/ui/skeleton';
import { lazyPart } from '@/lib/lazy-part';
import { useMay } from '../../auth/use-may';
import { useDoors } from '../../live/use-live-data';
import { CommandsCard } from './commands/commands-card';
import { DoorBadges } from './door-badges';
import { DoorHappenings } from './door-happenings';
import { DoorStateCard } from './door-state-card';
import { LocalPeopleCard } from './local-people/local-people-card';
import { OverrideCard } from './override-card';

// What is changed here seldom is heavier than what is looked at often.
const AccountCard = lazyPart(() => import('./account/account-card').then((m) => m.AccountCard));
const DeadLettersCard = lazyPart(() => import('./account/dead-letters-card').then((m) => m.DeadLettersCard));
const ScoresCard = lazyPart(() => import('./scores-card').then((m) => m.ScoresCard));
const RulesCard = lazyPart(() => import('./rules-card').then((m) => m.RulesCard), {
  placeholder: cardSkeleton(),
});
const CameraCard = lazyPart(() => import('./camera/camera-card').then((m) => m.CameraCard), {
  placeholder: cardSkeleton(),
});
const DoorSettingsCard = lazyPart(() => import('./door-settings-card').then((m) => m.DoorSettingsCard), {
  placeholder: cardSkeleton(),
});
const DoorSettingsDialog = lazyPart(() =>
  import('../door-settings-dialog').then((m) => m.DoorSettingsDialog),
);

/** One door: how it is, how somebody set it, its settings and its rules. */
export function DoorPage({ id }: { readonly id: string }) {
  const t = useTranslations('door');
  const doors = useDoors();
  const door = doors.data?.find((each) => each.id === id);
  if (door) return <DoorView door={door} />;
  if (doors.isError)
    return <ErrorNotice error={doors.error} onRetry={() => void doors.refetch()} className="flex-1" />;
  if (doors.isPending)
    return (
      <div className="grid gap-4 p-4 md:grid-cols-2 md:p-6">
        <Skeleton className="h-10 md:col-span-2" />
        <Skeleton className="h-56 rounded-xl" />
        <Skeleton className="h-56 rounded-xl" />
      </div>
    );
  return (
    <Notice
      icon={<DoorClosed />}
      title={t('gone')}
      className="flex-1"
      action={
        <Button asChild>
          <Link href="/doors">{t('toDoors')}</Link>
        </Button>
      }
    >
      {t('goneHint')}
    </Notice>
  );
}

function DoorView({ door }: { readonly door: Door }) {
  const t = useTranslations('door');
  const may = useMay();
  const [isSurely, setSurely] = useState(false);
  return (
    <>
      <header className="flex min-h-15 shrink-0 items-center gap-3 border-b px-2 py-2 md:px-4">
        <Button asChild variant="ghost" size="icon" aria-label={t('toDoors')}>
          <Link href="/doors">
            <ArrowLeft aria-hidden />
          </Link>
        </Button>
        <div className="min-w-0 flex-1">
          <h1 className="truncate text-base leading-tight font-semibold tracking-tight">{door.name}</h1>
          <div className="mt-0.5">
            <DoorBadges door={door} />
          </div>
        </div>
        {may('doors:write', door.site.id) && (
          <Button onClick={() => setSurely(true)}>
            <ScanFace aria-hidden />
            <span className="max-sm:sr-only">{t('recognition')}</span>
          </Button>
        )}
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto">
        <div className="grid items-start gap-4 p-4 md:p-6 xl:grid-cols-2 2xl:max-w-400">
          <div className="grid gap-4">
            <LocalPeopleCard door={door} />
            <OverrideCard door={door} />
            <DoorStateCard door={door} />
            <CommandsCard door={door} />
            {may('events:read', door.site.id) && (
              <>
                <ScoresCard
                  door={door}
                  onChoose={may('doors:write', door.site.id) ? () => setSurely(true) : undefined}
                />
                <DoorHappenings door={door} />
                <DeadLettersCard door={door} />
                <AccountCard door={door} />
              </>
            )}
          </div>
          <div className="grid gap-4">
            <RulesCard door={door} />
            <CameraCard door={door} />
            <DoorSettingsCard door={door} />
          </div>
        </div>
      </div>
      {isSurely && <DoorSettingsDialog door={door} onClose={() => setSurely(false)} />}
    </>
  );
}

function cardSkeleton() {
  return <Skeleton className="h-56 rounded-xl" />;
}
