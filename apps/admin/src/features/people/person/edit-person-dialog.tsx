'use client';

import { type CustomField, type Person, updatePersonRequestSchema } from '@munjigi/contracts';
import { useTranslations } from 'next-intl';
import { type FormEvent, type HTMLInputTypeAttribute, useState } from 'react';
import { Button } from '@/components/ui/button';
import { CheckList } from '@/components/ui/check-list';
import { Dialog, DialogFooter } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Refusal } from '@/components/ui/refusal';
import { Select } from '@/components/ui/select';
import { Switch } from '@/components/ui/switch';
import { useToaster } from '@/components/ui/toast';
import { useGroups, useSites } from '../../access/use-places';
import { useCustomFields } from './details-card';
import { type PersonDraft, changeOfDraft, draftOfPerson } from './person-draft';
import { useUpdatePerson } from './use-update-person';

interface EditPersonDialogProps {
  readonly person: Person;
  readonly onClose: () => void;
}

/** Changes all that is kept of a person beside their face and status. */
export function EditPersonDialog({ person, onClose }: EditPersonDialogProps) {
  const t = useTranslations('person');
  const common = useTranslations('common');
  const toaster = useToaster();
  const fields = useCustomFields().data ?? [];
  const update = useUpdatePerson(person);
  const [draft, setDraft] = useState(() => draftOfPerson(person));
  const [tried, setTried] = useState(false);
  const change = changeOfDraft(person, draft, fields);
  const parsed = updatePersonRequestSchema.safeParse(change);
  const wrong = new Set(tried ? (parsed.error?.issues.map(({ path }) => path[0]) ?? []) : []);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (!parsed.success) return;
    if (Object.keys(change).length === 0) return onClose();
    update.mutate(change, {
      onSuccess: ({ name }) => {
        toaster.done(t('saved', { name }));
        onClose();
      },
    });
  };
  const set = (part: Partial<PersonDraft>) => setDraft((current) => ({ ...current, ...part }));
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('editTitle', { name: person.name })}
      placement="side"
    >
      <form noValidate onSubmit={submit} className="flex grow flex-col">
        <div className="grid gap-4 px-5 pt-1 pb-5">
          <TextFields draft={draft} wrong={wrong} onChange={set} />
          <PlaceFields draft={draft} onChange={set} />
          {fields.map((field) => (
            <CustomInput
              key={field.key}
              field={field}
              value={draft.customFields[field.key] ?? ''}
              onChange={(value) => set({ customFields: { ...draft.customFields, [field.key]: value } })}
            />
          ))}
          <Switch
            label={t('extendedDoorTime')}
            hint={t('extendedDoorTimeHint')}
            checked={draft.extendedDoorTime}
            onChange={(extendedDoorTime) => set({ extendedDoorTime })}
          />
          <Switch
            label={t('idleExempt')}
            hint={t('idleExemptHint')}
            checked={draft.idleExempt}
            onChange={(idleExempt) => set({ idleExempt })}
          />
        </div>
        <div className="sticky bottom-0 mt-auto bg-raised">
          <div className="px-5 pb-3 empty:hidden">
            <Refusal error={update.error} />
          </div>
          <DialogFooter>
            <Button onClick={onClose}>{common('cancel')}</Button>
            <Button type="submit" variant="primary" pending={update.isPending}>
              {t('save')}
            </Button>
          </DialogFooter>
        </div>
      </form>
    </Dialog>
  );
}

interface PartProps {
  readonly draft: PersonDraft;
  readonly onChange: (part: Partial<PersonDraft>) => void;
}

const TEXTS = [
  ['name', 'text', 200],
  ['employeeNumber', 'text', 64],
  ['department', 'text', 120],
  ['email', 'email', 254],
  ['phone', 'tel', 40],
  ['validFrom', 'datetime-local', 32],
  ['validUntil', 'datetime-local', 32],
] as const satisfies readonly (readonly [keyof PersonDraft, HTMLInputTypeAttribute, number])[];

function TextFields({
  draft,
  wrong,
  onChange,
}: PartProps & { readonly wrong: ReadonlySet<PropertyKey | undefined> }) {
  const t = useTranslations('person');
  return TEXTS.map(([key, type, lengthMax]) => (
    <Field key={key} label={t(key)} error={wrong.has(key) ? t(`invalid.${key}`) : undefined}>
      {(ids) => (
        <Input
          {...ids}
          type={type}
          maxLength={lengthMax}
          autoComplete="off"
          value={draft[key]}
          onChange={(event) => onChange({ [key]: event.target.value })}
        />
      )}
    </Field>
  ));
}

function PlaceFields({ draft, onChange }: PartProps) {
  const t = useTranslations('person');
  const access = useTranslations('access');
  const groups = useGroups().data ?? [];
  const sites = useSites().data ?? [];
  return (
    <>
      <CheckList
        label={t('groups')}
        options={groups.map(({ id, name }) => ({ value: id, label: name }))}
        chosen={draft.groupIds}
        empty={t('noGroupsYet')}
        onChange={(groupIds) => onChange({ groupIds })}
      />
      <div className="grid gap-1.5">
        <span className="text-sm font-medium">{t('site')}</span>
        <Select
          label={t('site')}
          value={draft.siteId ?? 'all'}
          onChange={(siteId) => onChange({ siteId: siteId === 'all' ? null : siteId })}
          options={[
            { value: 'all' as const, label: access('organisation') },
            ...sites.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          className="w-full"
        />
      </div>
    </>
  );
}

interface CustomInputProps {
  readonly field: CustomField;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** One field of the organisation's own, as its type is typed. */
function CustomInput({ field, value, onChange }: CustomInputProps) {
  const t = useTranslations('person');
  if (field.type === 'choice') {
    return (
      <div className="grid gap-1.5">
        <span className="text-sm font-medium">{field.label}</span>
        <Select
          label={field.label}
          value={value === '' ? NO_CHOICE : value}
          onChange={(next) => onChange(next === NO_CHOICE ? '' : next)}
          options={[
            { value: NO_CHOICE, label: t('noChoice') },
            ...field.choices.map((choice) => ({ value: choice, label: choice })),
          ]}
          className="w-full"
        />
      </div>
    );
  }
  return (
    <Field label={field.label}>
      {(ids) => (
        <Input
          {...ids}
          type={field.type}
          step={field.type === 'number' ? 'any' : undefined}
          maxLength={500}
          autoComplete="off"
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}

/** No choice of a field can be this: choices have no control characters. */
const NO_CHOICE = '\u0000';
