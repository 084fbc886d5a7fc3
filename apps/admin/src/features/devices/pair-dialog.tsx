'use client';

import type { Door, DoorId } from '@munjigi/contracts';
import { placeNameSchema } from '@munjigi/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog, DialogFooter } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Refusal } from '@/components/ui/refusal';
import { Select } from '@/components/ui/select';
import { queryKeys } from '@/lib/api/query-keys';
import { devicesApi } from './devices-api';
import { PairingCode } from './pairing-code';

const NEW_DOOR = 'new';

interface PairDialogProps {
  readonly doors: readonly Door[];
  /** The door that is to be paired; null: it is asked for. */
  readonly door: Door | null;
  readonly onClose: () => void;
}

/** Leads from a door to a device that is paired with it: which door, the code, and the wait for the device. */
export function PairDialog({ doors, door, onClose }: PairDialogProps) {
  const t = useTranslations('devices');
  const cache = useQueryClient();
  const [choice, setChoice] = useState<string>(door?.id ?? (doors.length === 0 ? NEW_DOOR : ''));
  const [name, setName] = useState('');
  const [tried, setTried] = useState(false);
  const isNew = choice === NEW_DOOR;
  const isNamed = placeNameSchema.safeParse(name).success;
  const start = useMutation({
    mutationFn: async () => {
      const id = isNew ? (await devicesApi.addDoor(name.trim())).door.id : (choice as DoorId);
      await cache.invalidateQueries({ queryKey: queryKeys.doors });
      // Should the code be refused, the door that was added is not added again. Chosen before it is among the options,
      // it would count as no choice.
      setChoice(id);
      return { id, code: await devicesApi.makeCode(id), madeAtMs: Date.now() };
    },
  });
  const chosen = doors.find(({ id }) => id === (start.data?.id ?? choice));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (choice !== '' && (!isNew || isNamed)) start.mutate();
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('pairTitle')}
      description={start.data ? (chosen?.name ?? name) : t('pairHint')}
    >
      {start.data ? (
        <PairingCode
          made={start.data}
          door={chosen}
          again={() => start.mutate()}
          isMaking={start.isPending}
          error={start.error}
          onClose={onClose}
        />
      ) : (
        <form noValidate onSubmit={submit}>
          <div className="grid gap-4 px-5 pt-1 pb-5">
            <div className="grid gap-1.5">
              <span aria-hidden className="text-sm font-medium">
                {t('whichDoor')}
              </span>
              <Select
                label={t('whichDoor')}
                value={choice}
                placeholder={t('chooseDoor')}
                onChange={setChoice}
                options={[
                  ...doors.map(({ id, name: label }) => ({ value: id, label })),
                  { value: NEW_DOOR, label: t('newDoor') },
                ]}
                className="w-full"
              />
            </div>
            {isNew && (
              <Field label={t('newDoorName')} error={tried && !isNamed ? t('nameInvalid') : undefined}>
                {(ids) => (
                  <Input
                    {...ids}
                    value={name}
                    maxLength={120}
                    autoComplete="off"
                    onChange={(event) => setName(event.target.value)}
                  />
                )}
              </Field>
            )}
            {chosen?.device?.state === 'paired' && (
              <p className="rounded-md bg-caution-soft px-3 py-2 text-sm text-caution">{t('replaces')}</p>
            )}
            <Refusal error={start.error} />
          </div>
          <DialogFooter>
            <Button onClick={onClose}>{t('cancel')}</Button>
            <Button type="submit" variant="primary" pending={start.isPending} disabled={choice === ''}>
              {t('makeCode')}
            </Button>
          </DialogFooter>
        </form>
      )}
    </Dialog>
  );
}
