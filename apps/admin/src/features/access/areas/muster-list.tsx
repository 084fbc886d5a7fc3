'use client';

import type { PersonId } from '@munjigi/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Undo2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import Link from 'next/link';
import { useState } from 'react';
import { Avatar } from '@/components/ui/avatar';
import { Button } from '@/components/ui/button';
import { useToaster } from '@/components/ui/toast';
import { useFormats } from '@/lib/hooks/use-formats';
import { useNow } from '@/lib/hooks/use-now';
import { lazyPart } from '@/lib/lazy-part';
import { useMay } from '../../auth/use-may';
import { useDoors } from '../../live/use-live-data';
import { accessKeys, type KeptArea } from '../access-api';
import { type Muster, musterApi } from './muster-api';

const ReasonDialog = lazyPart(() => import('../reason-dialog').then((m) => m.ReasonDialog));

type Inside = Muster['areas'][number]['people'][number];

interface MusterListProps {
  readonly area: KeptArea;
  readonly people: readonly Inside[];
}

/** Who is in an area, since when and through which door; with a pardon for one or for all. */
export function MusterList({ area, people }: MusterListProps) {
  const t = useTranslations('areas');
  const may = useMay();
  const formats = useFormats();
  const nowMs = useNow();
  const doors = useDoors();
  const [forgiven, setForgiven] = useState<Inside | 'all' | null>(null);
  const doorName = (doorId: string) => doors.data?.find(({ id }) => id === doorId)?.name;
  const mayForgive = may('doors:operate', area.siteId);
  if (people.length === 0)
    return <p className="px-3.5 py-4 text-center text-xs text-ink-faint">{t('nobody')}</p>;
  return (
    <>
      <ul tabIndex={people.length > 6 ? 0 : undefined} className="max-h-72 divide-y overflow-y-auto">
        {people.map((person) => (
          <li key={person.id} className="flex items-center gap-3 px-3.5 py-1.5">
            <Avatar name={person.name} src={null} />
            <span className="min-w-0 flex-1">
              <Link
                href={`/people/${person.id}`}
                className="block truncate font-medium underline-offset-2 hover:underline"
              >
                {person.name ?? t('deleted')}
              </Link>
              <span className="block truncate text-xs text-ink-faint">
                {doorName(person.doorId) && `${doorName(person.doorId)} · `}
                <time dateTime={person.since} title={formats.full(person.since)} className="tabular-nums">
                  {formats.ago(person.since, nowMs)}
                </time>
              </span>
            </span>
            {mayForgive && (
              <Button
                variant="ghost"
                size="iconSm"
                aria-label={t('forgiveOne', { name: person.name ?? t('deleted') })}
                title={t('forgiveOne', { name: person.name ?? t('deleted') })}
                onClick={() => setForgiven(person)}
              >
                <Undo2 aria-hidden />
              </Button>
            )}
          </li>
        ))}
      </ul>
      {mayForgive && (
        <div className="border-t px-2 py-1.5">
          <Button variant="ghost" size="sm" onClick={() => setForgiven('all')}>
            <Undo2 aria-hidden />
            {t('forgiveAll')}
          </Button>
        </div>
      )}
      {forgiven && <ForgiveDialog area={area} who={forgiven} onClose={() => setForgiven(null)} />}
    </>
  );
}

interface ForgiveDialogProps {
  readonly area: KeptArea;
  readonly who: Inside | 'all';
  readonly onClose: () => void;
}

function ForgiveDialog({ area, who, onClose }: ForgiveDialogProps) {
  const t = useTranslations('areas');
  const toaster = useToaster();
  const cache = useQueryClient();
  const personIds: PersonId[] | null = who === 'all' ? null : [who.id];
  const forgive = useMutation({
    mutationFn: (reason: string) => musterApi.forgive(area.id, { personIds, reason }),
    onSuccess: () => cache.invalidateQueries({ queryKey: accessKeys.all }),
  });
  const name = who === 'all' ? '' : (who.name ?? t('deleted'));
  return (
    <ReasonDialog
      title={who === 'all' ? t('forgiveAllTitle', { name: area.name }) : t('forgiveOne', { name })}
      description={t('forgiveHint')}
      confirmLabel={t('forgive')}
      pending={forgive.isPending}
      error={forgive.error}
      onConfirm={(reason) =>
        forgive.mutate(reason, {
          onSuccess: () => {
            toaster.done(t('forgiven'));
            onClose();
          },
        })
      }
      onClose={onClose}
    />
  );
}
