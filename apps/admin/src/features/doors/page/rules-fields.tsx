'use client';

import type { AreaId, Door, DoorRulesRequest, ScheduleId } from '@munjigi/contracts';
import { useTranslations } from 'next-intl';
import { CheckList } from '@/components/ui/check-list';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Select } from '@/components/ui/select';
import { Switch } from '@/components/ui/switch';
import { AREAS, SCHEDULES } from '../../access/access-api';
import { useDocuments } from '../../access/use-documents';
import { useGroups } from '../../access/use-places';
import { useDoors } from '../../live/use-live-data';

interface RulesFieldsProps {
  readonly door: Door;
  readonly draft: DoorRulesRequest;
  readonly readOnly: boolean;
  readonly onChange: (draft: DoorRulesRequest) => void;
}

/** Every access rule of a door, each with what it means. */
export function RulesFields(props: RulesFieldsProps) {
  return (
    <>
      <PlaceFields {...props} />
      <TwoPersonFields {...props} />
      <FirstPersonFields {...props} />
      <InterlockFields {...props} />
      <OfflineFields {...props} />
    </>
  );
}

const NONE = 'none';

function PlaceFields({ door, draft, readOnly, onChange }: RulesFieldsProps) {
  const t = useTranslations('rules');
  const areas = (useDocuments(AREAS).data ?? []).filter(({ siteId }) => siteId === door.site.id);
  const schedules = (useDocuments(SCHEDULES).data ?? []).filter(
    ({ siteId }) => siteId === null || siteId === door.site.id,
  );
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      {(['fromAreaId', 'toAreaId'] as const).map((key) => (
        <div key={key} className="grid content-start gap-1.5">
          <span className="text-sm font-medium">{t(key)}</span>
          <Select<AreaId | typeof NONE>
            label={t(key)}
            value={draft[key] ?? NONE}
            disabled={readOnly}
            onChange={(value) => onChange({ ...draft, [key]: value === NONE ? null : value })}
            options={[
              { value: NONE, label: t('outside') },
              ...areas.map(({ id, name }) => ({ value: id, label: name })),
            ]}
            className="w-full"
          />
        </div>
      ))}
      <div className="grid content-start gap-1.5 sm:col-span-2">
        <span className="text-sm font-medium">{t('unlockSchedule')}</span>
        <Select<ScheduleId | typeof NONE>
          label={t('unlockSchedule')}
          value={draft.unlockScheduleId ?? NONE}
          disabled={readOnly}
          onChange={(value) => onChange({ ...draft, unlockScheduleId: value === NONE ? null : value })}
          options={[
            { value: NONE, label: t('never') },
            ...schedules.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          className="w-full"
        />
        <p className="text-xs text-ink-faint">{t('unlockScheduleHint')}</p>
      </div>
    </div>
  );
}

function TwoPersonFields({ draft, readOnly, onChange }: RulesFieldsProps) {
  const t = useTranslations('rules');
  const { twoPerson } = draft;
  const set = (change: Partial<NonNullable<typeof twoPerson>>) =>
    twoPerson && onChange({ ...draft, twoPerson: { ...twoPerson, ...change } });
  return (
    <div className="grid gap-3">
      <Switch
        label={t('twoPerson')}
        hint={t('twoPersonHint')}
        checked={twoPerson !== null}
        disabled={readOnly}
        onChange={(on) =>
          onChange({
            ...draft,
            twoPerson: on ? { count: 2, withinMs: 30_000, approverGroupIds: null } : null,
          })
        }
      />
      {twoPerson && (
        <div className="grid grid-cols-2 gap-3 pl-10.5">
          <NumberField
            label={t('people')}
            value={twoPerson.count}
            {...{ min: 2, max: 5, readOnly }}
            onChange={(count) => set({ count })}
          />
          <NumberField
            label={t('withinSeconds')}
            value={twoPerson.withinMs / 1000}
            {...{ min: 1, max: 300, readOnly }}
            onChange={(seconds) => set({ withinMs: seconds * 1000 })}
          />
        </div>
      )}
    </div>
  );
}

function FirstPersonFields({ draft, readOnly, onChange }: RulesFieldsProps) {
  const t = useTranslations('rules');
  const groups = useGroups().data ?? [];
  const { firstPersonIn } = draft;
  return (
    <div className="grid gap-3">
      <Switch
        label={t('firstPerson')}
        hint={t('firstPersonHint')}
        checked={firstPersonIn !== null}
        disabled={readOnly}
        onChange={(on) =>
          onChange({ ...draft, firstPersonIn: on ? { groupIds: [], scheduleId: null } : null })
        }
      />
      {firstPersonIn && (
        <div className="pl-10.5">
          <CheckList
            label={t('firstGroups')}
            options={groups.map(({ id, name }) => ({ value: id, label: name }))}
            chosen={firstPersonIn.groupIds}
            disabled={readOnly}
            empty={t('noGroups')}
            onChange={(groupIds) => onChange({ ...draft, firstPersonIn: { ...firstPersonIn, groupIds } })}
          />
        </div>
      )}
    </div>
  );
}

function InterlockFields({ door, draft, readOnly, onChange }: RulesFieldsProps) {
  const t = useTranslations('rules');
  const others = (useDoors().data ?? []).filter(({ id, site }) => id !== door.id && site.id === door.site.id);
  if (others.length === 0) return null;
  return (
    <CheckList
      label={t('interlock')}
      options={others.map(({ id, name }) => ({ value: id, label: name }))}
      chosen={draft.interlockDoorIds}
      disabled={readOnly}
      empty=""
      onChange={(interlockDoorIds) => onChange({ ...draft, interlockDoorIds })}
    />
  );
}

const HOUR_MS = 3_600_000;

function OfflineFields({ draft, readOnly, onChange }: RulesFieldsProps) {
  const t = useTranslations('rules');
  const groups = useGroups().data ?? [];
  const { offlineAgeMaxMs, offlinePolicy } = draft;
  return (
    <div className="grid gap-3">
      <Switch
        label={t('offline')}
        hint={t('offlineHint')}
        checked={offlineAgeMaxMs !== null}
        disabled={readOnly}
        onChange={(on) => onChange({ ...draft, offlineAgeMaxMs: on ? 72 * HOUR_MS : null })}
      />
      {offlineAgeMaxMs !== null && (
        <div className="grid gap-3 pl-10.5">
          <NumberField
            label={t('offlineHours')}
            value={Math.max(1, Math.round(offlineAgeMaxMs / HOUR_MS))}
            {...{ min: 1, max: 8784, readOnly }}
            onChange={(hours) => onChange({ ...draft, offlineAgeMaxMs: hours * HOUR_MS })}
          />
          <CheckList
            label={t('offlineGroups')}
            options={groups.map(({ id, name }) => ({ value: id, label: name }))}
            chosen={offlinePolicy.kind === 'groups' ? offlinePolicy.groupIds : []}
            disabled={readOnly}
            empty={t('noGroups')}
            onChange={(groupIds) =>
              onChange({
                ...draft,
                offlinePolicy: groupIds.length > 0 ? { kind: 'groups', groupIds } : { kind: 'deny' },
              })
            }
          />
        </div>
      )}
    </div>
  );
}

interface NumberFieldProps {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly readOnly: boolean;
  readonly onChange: (value: number) => void;
}

/** A whole number within bounds; taken once it is typed, brought into the bounds. */
function NumberField({ label, value, min, max, readOnly, onChange }: NumberFieldProps) {
  return (
    <Field label={label}>
      {(ids) => (
        <Input
          {...ids}
          key={value}
          type="number"
          {...{ min, max, readOnly }}
          defaultValue={value}
          onBlur={(event) => {
            const typed = Math.round(Number(event.target.value));
            if (event.target.value !== '' && typed !== value) onChange(Math.min(max, Math.max(min, typed)));
          }}
          className="tabular-nums"
        />
      )}
    </Field>
  );
}
