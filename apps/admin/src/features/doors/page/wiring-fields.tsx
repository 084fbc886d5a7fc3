'use client';

import type { DoorInputs } from '@munjigi/contracts';
import { useTranslations } from 'next-intl';
import { Select } from '@/components/ui/select';
import { INPUTS } from './settings-draft';

interface WiringFieldsProps {
  readonly inputs: DoorInputs;
  readonly readOnly: boolean;
  readonly onChange: (inputs: DoorInputs) => void;
}

const CONTACTS = ['none', 'normally-open', 'normally-closed'] as const;

/** How each input of a door is wired: which position of its contact is the quiet one, or that it has none. */
export function WiringFields({ inputs, readOnly, onChange }: WiringFieldsProps) {
  const t = useTranslations('door');
  return (
    <fieldset className="grid gap-2">
      <legend className="mb-1 text-sm font-medium">{t('inputs')}</legend>
      <p className="text-xs text-ink-faint">{t('inputsHint')}</p>
      {INPUTS.map((name) => (
        <div key={name} className="flex items-center justify-between gap-3">
          <span className="text-sm">{t(`input.${name}`)}</span>
          <Select
            label={t(`input.${name}`)}
            value={inputs[name] ?? 'none'}
            disabled={readOnly}
            className="w-44"
            onChange={(contact) => onChange({ ...inputs, [name]: contact === 'none' ? null : contact })}
            options={CONTACTS.map((value) => ({ value, label: t(`contact.${value}`) }))}
          />
        </div>
      ))}
    </fieldset>
  );
}
