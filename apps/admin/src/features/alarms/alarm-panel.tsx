'use client';

import type { Alarm, AlarmId } from '@munjigi/contracts';
import { Activity } from 'lucide-react';
import { useTranslations } from 'next-intl';
import Link from 'next/link';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog, DialogFooter } from '@/components/ui/dialog';
import { ErrorNotice } from '@/components/ui/error-notice';
import { Field } from '@/components/ui/field';
import { Refusal } from '@/components/ui/refusal';
import { Skeleton } from '@/components/ui/skeleton';
import { Textarea } from '@/components/ui/textarea';
import { useToaster } from '@/components/ui/toast';
import { useFormats } from '@/lib/hooks/use-formats';
import { useMay } from '../auth/use-may';
import { AlarmIcon, AlarmStateBadge, SeverityBadge, useAlarmDetail, useAlarmPlace } from './alarm-words';
import type { AlarmStep } from './alarms-api';
import { useAlarm, useHandleAlarm } from './use-alarms';

interface AlarmPanelProps {
  readonly id: AlarmId | undefined;
  readonly onClose: () => void;
}

/** One alarm beside the list: what happened, who saw to it, and a place to do so. */
export function AlarmPanel({ id, onClose }: AlarmPanelProps) {
  const t = useTranslations('alarms');
  const kind = useTranslations('alarmKind');
  const alarm = useAlarm(id);
  return (
    <Dialog
      open={id !== undefined}
      onOpenChange={(open) => !open && onClose()}
      title={alarm.data ? kind(alarm.data.kind) : t('one')}
      placement="side"
    >
      {alarm.data && <AlarmDetails key={alarm.data.id} alarm={alarm.data} />}
      {alarm.isError && !alarm.data && (
        <ErrorNotice error={alarm.error} onRetry={() => void alarm.refetch()} />
      )}
      {alarm.isPending && (
        <div className="grid gap-3 px-5 py-2">
          <Skeleton className="h-6 w-1/2" />
          <Skeleton className="h-24" />
        </div>
      )}
    </Dialog>
  );
}

function AlarmDetails({ alarm }: { readonly alarm: Alarm }) {
  const may = useMay();
  const t = useTranslations('alarms');
  const place = useAlarmPlace();
  const detail = useAlarmDetail()(alarm);
  const canWrite = alarm.state !== 'resolved' && may('alarms:write', alarm.site?.id ?? null);
  return (
    <>
      <div className="grid gap-5 px-5 pt-1 pb-5">
        <div className="flex items-center gap-3">
          <AlarmIcon alarm={alarm} className="size-10" />
          <div className="min-w-0 flex-1">
            <p className="truncate font-medium">{place(alarm)}</p>
            {detail && <p className="text-xs text-ink-muted">{detail}</p>}
          </div>
        </div>
        <div className="flex flex-wrap gap-1.5">
          <AlarmStateBadge state={alarm.state} />
          <SeverityBadge severity={alarm.severity} />
        </div>
        <AlarmHistory alarm={alarm} />
        {alarm.door && may('events:read') && (
          <Button asChild size="sm" className="justify-self-start">
            <Link href={eventsAround(alarm.door.id, alarm)}>
              <Activity aria-hidden />
              {t('eventsAround')}
            </Link>
          </Button>
        )}
      </div>
      {canWrite && <HandleForm alarm={alarm} />}
    </>
  );
}

/** What happened to an alarm, in order. */
function AlarmHistory({ alarm }: { readonly alarm: Alarm }) {
  const t = useTranslations('alarms');
  const { acknowledged, resolved } = alarm;
  return (
    <ol className="grid border-l pl-4">
      <Moment at={alarm.raisedAt} what={t('history.raised')} />
      {alarm.count > 1 && <Moment at={alarm.lastAt} what={t('history.again', { count: alarm.count })} />}
      {acknowledged && (
        <Moment
          at={acknowledged.at}
          what={t('history.acknowledged', { name: acknowledged.by ?? '' })}
          note={acknowledged.note}
        />
      )}
      {resolved && (
        <Moment
          at={resolved.at}
          what={resolved.by ? t('history.resolved', { name: resolved.by }) : t('history.ended')}
          note={resolved.note}
        />
      )}
    </ol>
  );
}

function Moment(props: { readonly at: string; readonly what: string; readonly note?: string | null }) {
  const formats = useFormats();
  return (
    <li className="relative pb-3 last:pb-0">
      <span aria-hidden className="absolute top-1.5 -left-[1.1875rem] size-1.5 rounded-full bg-ink-faint" />
      <p className="text-sm">{props.what}</p>
      <time
        dateTime={props.at}
        title={formats.full(props.at)}
        className="text-xs text-ink-faint tabular-nums"
      >
        {formats.dateTime(props.at)}
      </time>
      {props.note && (
        <p className="mt-1 rounded-md bg-sunken px-2.5 py-1.5 text-sm break-words whitespace-pre-wrap">
          {props.note}
        </p>
      )}
    </li>
  );
}

function HandleForm({ alarm }: { readonly alarm: Alarm }) {
  const t = useTranslations('alarms');
  const toaster = useToaster();
  const handle = useHandleAlarm();
  const [note, setNote] = useState('');
  const act = (step: AlarmStep) =>
    handle.mutate(
      { id: alarm.id, step, note },
      {
        onSuccess: () => {
          setNote('');
          toaster.done(t(`done.${step}`));
        },
      },
    );
  return (
    <div className="sticky bottom-0 mt-auto bg-raised">
      <div className="grid gap-3 px-5 pb-3">
        <Field label={t('note')} hint={t('noteHint')}>
          {(ids) => (
            <Textarea
              {...ids}
              rows={3}
              maxLength={1000}
              value={note}
              onChange={(event) => setNote(event.target.value)}
            />
          )}
        </Field>
        <Refusal error={handle.error} />
      </div>
      <DialogFooter>
        {alarm.state === 'raised' && (
          <Button disabled={handle.isPending} onClick={() => act('acknowledge')}>
            {t('acknowledge')}
          </Button>
        )}
        <Button variant="primary" disabled={handle.isPending} onClick={() => act('resolve')}>
          {t('resolve')}
        </Button>
      </DialogFooter>
    </div>
  );
}

const AROUND_MS = 10 * 60_000;

/** The events of a door from a little before an alarm until a little after. */
function eventsAround(doorId: string, { raisedAt, lastAt }: Alarm): string {
  const from = new Date(Date.parse(raisedAt) - AROUND_MS).toISOString();
  const until = new Date(Date.parse(lastAt) + AROUND_MS).toISOString();
  return `/events?${new URLSearchParams({ doorId, from, until }).toString()}`;
}
