'use client';

import type { Door, DoorRisk } from '@munjigi/contracts';
import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog, DialogFooter } from '@/components/ui/dialog';
import { ErrorNotice } from '@/components/ui/error-notice';
import { Refusal } from '@/components/ui/refusal';
import { Skeleton } from '@/components/ui/skeleton';
import { useToaster } from '@/components/ui/toast';
import { useDebounced } from '@/lib/hooks/use-debounced';
import { EventPicturesField, type PicturePolicy } from './event-pictures-field';
import { LivenessField } from './liveness-field';
import { OutlookPanel } from './outlook-panel';
import { draftOf, outlookOf, readSimilarity, settingsOf } from './threshold-draft';
import { ThresholdFields } from './threshold-fields';
import { useChangeDoorSettings, useDoorRisk } from './use-door-settings';

interface DoorSettingsDialogProps {
  readonly door: Door | null;
  readonly onClose: () => void;
}

/** Sets how surely a door must know a face, with what to expect of it. */
export function DoorSettingsDialog({ door, onClose }: DoorSettingsDialogProps) {
  const t = useTranslations('doorSettings');
  return (
    <Dialog
      open={door !== null}
      onOpenChange={(open) => !open && onClose()}
      title={t('title')}
      description={door?.name}
      placement="side"
    >
      {door && <DoorSettings door={door} onClose={onClose} />}
    </Dialog>
  );
}

interface DoorProps {
  readonly door: Door;
  readonly onClose: () => void;
}

function DoorSettings({ door, onClose }: DoorProps) {
  const risk = useDoorRisk(door.id, null);
  if (risk.data) return <SettingsForm door={door} risk={risk.data} onClose={onClose} />;
  if (risk.isError) return <ErrorNotice error={risk.error} onRetry={() => void risk.refetch()} />;
  return (
    <div className="grid gap-4 px-5 py-2">
      <Skeleton className="h-8" />
      <Skeleton className="h-20" />
      <Skeleton className="h-36" />
    </div>
  );
}

const TYPING_PAUSE_MS = 250;

function SettingsForm({ door, risk, onClose }: DoorProps & { readonly risk: DoorRisk }) {
  const t = useTranslations('doorSettings');
  const common = useTranslations('common');
  const toaster = useToaster();
  const [draft, setDraft] = useState(() => draftOf(door.settings, risk));
  const [livenessMin, setLivenessMin] = useState(door.settings.livenessMin);
  const [pictures, setPictures] = useState<PicturePolicy>(() => picturesOf(door));
  const change = useChangeDoorSettings(door);
  const typed = useDebounced(readSimilarity(draft.similarity), TYPING_PAUSE_MS);
  const asked = useDoorRisk(door.id, draft.mode === 'hand' ? typed : null);
  const settings = settingsOf(draft);
  const refusal = change.error ?? (draft.mode === 'hand' ? asked.error : null);

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!settings) return;
    change.mutate(
      { ...settings, livenessMin, ...pictures },
      {
        onSuccess: () => {
          toaster.done(t('done', { door: door.name }), t(door.online ? 'doneHint' : 'doneHintOffline'));
          onClose();
        },
      },
    );
  };
  return (
    <form noValidate onSubmit={submit} className="flex grow flex-col">
      <div className="grid gap-5 px-5 pt-1 pb-5">
        <ThresholdFields draft={draft} risk={risk} onChange={setDraft} />
        <OutlookPanel risk={risk} outlook={outlookOf(draft, risk, asked.data?.asked ?? null)} />
        <LivenessField livenessMin={livenessMin} onChange={setLivenessMin} />
        <EventPicturesField policy={pictures} onChange={setPictures} />
      </div>
      {/* In view however long the rest is: an answer nobody sees is none. */}
      <div className="sticky bottom-0 mt-auto bg-raised">
        {refusal && (
          <div className="px-5 pb-3">
            <Refusal error={refusal} />
          </div>
        )}
        <DialogFooter>
          <Button onClick={onClose}>{common('cancel')}</Button>
          <Button type="submit" variant="primary" pending={change.isPending} disabled={!settings}>
            {t('submit')}
          </Button>
        </DialogFooter>
      </div>
    </form>
  );
}

function picturesOf({ settings: { eventPictures, unknownFacePictures } }: Door): PicturePolicy {
  return { eventPictures, unknownFacePictures };
}
