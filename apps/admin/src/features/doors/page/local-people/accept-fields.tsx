'use client';

import type { Door, LocalPersonAtDoor } from '@munjigi/contracts';
import { useTranslations } from 'next-intl';
import { Avatar } from '@/components/ui/avatar';
import { Labelled } from '@/components/ui/labelled';
import { Segmented } from '@/components/ui/segmented';
import { TextField } from '@/components/ui/text-field';
import { PersonPicker } from '../../../people/person-picker';
import type { AcceptDraft } from './accept-draft';
import { localPhotoUrl } from './local-people-api';

interface WhoFieldsProps {
  readonly door: Door;
  readonly person: LocalPersonAtDoor;
  readonly draft: AcceptDraft;
  /** Whether people may be chosen among; without, everybody is new. */
  readonly mayChoose: boolean;
  /** Whether to say that nobody was chosen. */
  readonly isTried: boolean;
  readonly onChange: (part: Partial<AcceptDraft>) => void;
}

/** As whom somebody is taken over: as a new person, or as one who is there already. */
export function WhoFields({ door, person, draft, mayChoose, isTried, onChange }: WhoFieldsProps) {
  const t = useTranslations('localPeople');
  return (
    <>
      <div className="flex flex-wrap items-center gap-4">
        <Avatar
          name={person.name}
          src={localPhotoUrl(door.id, person.id)}
          className="size-24 rounded-lg text-xl"
        />
        {mayChoose && (
          <Segmented
            label={t('as')}
            value={draft.as}
            onChange={(as) => onChange({ as })}
            options={(['new', 'existing'] as const).map((value) => ({ value, label: t(`asWhom.${value}`) }))}
          />
        )}
      </div>
      {draft.as === 'existing' && (
        <Labelled
          label={t('existing')}
          hint={t('existingHint')}
          error={isTried && draft.personId === undefined ? t('existingMissing') : undefined}
        >
          <PersonPicker
            label={t('existing')}
            none={t('choose')}
            personId={draft.personId}
            className="w-full"
            onChange={(personId) => onChange({ personId })}
          />
        </Labelled>
      )}
    </>
  );
}

interface AlikeFieldsProps {
  readonly reason: string;
  readonly onChange: (reason: string) => void;
}

/** Says that somebody looks like another, and asks how it is known that they are not. */
export function AlikeFields({ reason, onChange }: AlikeFieldsProps) {
  const t = useTranslations('localPeople');
  return (
    <div className="grid gap-3 rounded-md bg-caution-soft px-3 py-2.5">
      <p role="alert" className="text-sm text-caution">
        {t('alike')}
      </p>
      <TextField label={t('alikeReason')} value={reason} maxLength={500} onChange={onChange} />
    </div>
  );
}
