'use client';

import type { Door, OverrideRequest, OverrideState } from '@munjigi/contracts';
import { Ban, Lock, LockOpen, RotateCcw } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { Refusal } from '@/components/ui/refusal';
import { Select } from '@/components/ui/select';
import { Skeleton } from '@/components/ui/skeleton';
import { useToaster } from '@/components/ui/toast';
import { useFormats } from '@/lib/hooks/use-formats';
import { lazyPart } from '@/lib/lazy-part';
import { useMay } from '../../auth/use-may';
import { doorApi } from './door-api';
import { useChangeRules, useDoorRules } from './use-door-rules';

const ReasonDialog = lazyPart(() => import('../../access/reason-dialog').then((m) => m.ReasonDialog));

const ICONS = { unlocked: LockOpen, locked: Lock, blocked: Ban } as const;
const STATES = ['unlocked', 'locked', 'blocked'] as const;
const MINUTES = [1, 5, 15, 60, 240, 1440] as const;

/** How somebody set a door for a time, and a way to do so or to end it. */
export function OverrideCard({ door }: { readonly door: Door }) {
  const t = useTranslations('override');
  const may = useMay();
  const formats = useFormats();
  const rules = useDoorRules(door);
  const [asked, setAsked] = useState<OverrideState | null>(null);
  const mayOperate = may('doors:operate', door.site.id);
  const overrides = rules.data?.overrides ?? [];
  const isLockedDown = (rules.data?.lockdowns.length ?? 0) > 0;
  return (
    <Card title={t('title')}>
      <div className="grid gap-3 px-3.5 py-3">
        {rules.isPending && <Skeleton className="h-6 w-1/2" />}
        <Refusal error={rules.error} />
        {isLockedDown && <Badge tone="denied">{t('lockedDown')}</Badge>}
        {rules.data && overrides.length === 0 && <p className="text-ink-muted">{t('none')}</p>}
        {overrides.map((override) => (
          <p key={override.priority} className="flex flex-wrap items-center gap-2">
            <Badge tone={override.state === 'unlocked' ? 'granted' : 'caution'}>
              {t(`is.${override.state}`)}
            </Badge>
            <span className="text-xs text-ink-muted tabular-nums">
              {override.until === null
                ? t('forGood')
                : t('until', { time: formats.dateTime(override.until) })}
              {override.priority === 'emergency' && ` · ${t('emergency')}`}
            </span>
          </p>
        ))}
        {mayOperate && (
          <div className="flex flex-wrap gap-2">
            {STATES.map((state) => {
              const Icon = ICONS[state];
              return (
                <Button key={state} onClick={() => setAsked(state)}>
                  <Icon aria-hidden />
                  {t(`act.${state}`)}
                </Button>
              );
            })}
            {overrides.some(({ priority }) => priority === 'operator') && (
              <Button variant="ghost" onClick={() => setAsked('normal')}>
                <RotateCcw aria-hidden />
                {t('act.normal')}
              </Button>
            )}
          </div>
        )}
      </div>
      {asked && <OverrideDialog door={door} state={asked} onClose={() => setAsked(null)} />}
    </Card>
  );
}

interface OverrideDialogProps {
  readonly door: Door;
  readonly state: OverrideState;
  readonly onClose: () => void;
}

function OverrideDialog({ door, state, onClose }: OverrideDialogProps) {
  const t = useTranslations('override');
  const toaster = useToaster();
  const [minutes, setMinutes] = useState(5);
  const change = useChangeRules((body: OverrideRequest) => doorApi.override(door.id, body));
  const isNormal = state === 'normal';
  return (
    <ReasonDialog
      title={t(`ask.${state}`, { name: door.name })}
      description={t(`hint.${state}`)}
      confirmLabel={t(`act.${state}`)}
      danger={state === 'unlocked' || state === 'blocked'}
      pending={change.isPending}
      error={change.error}
      onConfirm={(reason) =>
        change.mutate(
          { priority: 'operator', state, forMs: isNormal ? null : minutes * 60_000, reason },
          {
            onSuccess: () => {
              toaster.done(t(`done.${state}`, { name: door.name }));
              onClose();
            },
          },
        )
      }
      onClose={onClose}
    >
      {!isNormal && (
        <div className="grid gap-1.5">
          <span className="text-sm font-medium">{t('for')}</span>
          <Select
            label={t('for')}
            value={String(minutes)}
            onChange={(value) => setMinutes(Number(value))}
            options={MINUTES.map((count) => ({
              value: String(count),
              label: count < 60 ? t('minutes', { count }) : t('hours', { count: count / 60 }),
            }))}
            className="w-full"
          />
        </div>
      )}
    </ReasonDialog>
  );
}
