'use client';

import { type Door, placeNameSchema } from '@munjigi/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Refusal } from '@/components/ui/refusal';
import { Switch } from '@/components/ui/switch';
import { useToaster } from '@/components/ui/toast';
import { api } from '@/lib/api/api';
import { queryKeys } from '@/lib/api/query-keys';
import { useMay } from '../../auth/use-may';
import { changeOfSettings, draftOfSettings, NUMBER_FIELDS, type SettingsDraft } from './settings-draft';
import { WiringFields } from './wiring-fields';

/** A door's name and how it works, each with what it means. */
export function DoorSettingsCard({ door }: { readonly door: Door }) {
  const t = useTranslations('door');
  const may = useMay();
  const toaster = useToaster();
  const cache = useQueryClient();
  const [name, setName] = useState<string | null>(null);
  const [touched, setTouched] = useState<SettingsDraft | null>(null);
  const draft = touched ?? draftOfSettings(door.settings);
  const { change, wrong } = changeOfSettings(door.settings, draft);
  const isNamed = placeNameSchema.safeParse(name ?? door.name).success;
  const isChanged = (name !== null && name.trim() !== door.name) || Object.keys(change).length > 0;
  const readOnly = !may('doors:write', door.site.id);
  const discard = () => {
    setName(null);
    setTouched(null);
  };
  const save = useMutation({
    mutationFn: () =>
      api.updateDoor(door.id, { ...(name === null ? {} : { name: name.trim() }), settings: change }),
    onSuccess: async (changed) => {
      await cache.invalidateQueries({ queryKey: queryKeys.doors });
      toaster.done(t('saved', { name: changed.name }));
      discard();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isChanged && isNamed && wrong.size === 0) save.mutate();
  };
  return (
    <Card title={t('settings')}>
      <form noValidate onSubmit={submit} className="grid gap-4 px-3.5 py-3">
        <Field label={t('name')} error={isNamed ? undefined : t('nameInvalid')}>
          {(ids) => (
            <Input
              {...ids}
              value={name ?? door.name}
              maxLength={120}
              readOnly={readOnly}
              autoComplete="off"
              onChange={(event) => setName(event.target.value)}
            />
          )}
        </Field>
        <NumberInputs draft={draft} wrong={wrong} readOnly={readOnly} onChange={setTouched} />
        <Switch
          label={t('relockOnClose')}
          hint={t('relockOnCloseHint')}
          checked={draft.relockOnClose}
          disabled={readOnly}
          onChange={(relockOnClose) => setTouched({ ...draft, relockOnClose })}
        />
        <WiringFields
          inputs={draft.inputs}
          readOnly={readOnly}
          onChange={(inputs) => setTouched({ ...draft, inputs })}
        />
        <Refusal error={save.error} />
        {!readOnly && (
          <div className="flex justify-end gap-2">
            {isChanged && <Button onClick={discard}>{t('discard')}</Button>}
            <Button
              type="submit"
              variant="primary"
              disabled={!isChanged || !isNamed || wrong.size > 0}
              pending={save.isPending}
            >
              {t('save')}
            </Button>
          </div>
        )}
      </form>
    </Card>
  );
}

interface NumberInputsProps {
  readonly draft: SettingsDraft;
  readonly wrong: ReadonlySet<string>;
  readonly readOnly: boolean;
  readonly onChange: (draft: SettingsDraft) => void;
}

function NumberInputs({ draft, wrong, readOnly, onChange }: NumberInputsProps) {
  const t = useTranslations('door');
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      {NUMBER_FIELDS.map(({ key }) => (
        <Field
          key={key}
          label={t(`number.${key}`)}
          hint={t(`numberHint.${key}`)}
          error={wrong.has(key) ? t('numberInvalid') : undefined}
        >
          {(ids) => (
            <Input
              {...ids}
              type="number"
              min={0}
              step="any"
              readOnly={readOnly}
              value={draft.numbers[key]}
              onChange={(event) =>
                onChange({ ...draft, numbers: { ...draft.numbers, [key]: event.target.value } })
              }
              className="tabular-nums"
            />
          )}
        </Field>
      ))}
    </div>
  );
}
