'use client';

import { useTranslations } from 'next-intl';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';

interface NameFieldProps {
  readonly value: string;
  readonly readOnly: boolean;
  readonly onChange: (name: string) => void;
}

/** What a rule is called. */
export function NameField({ value, readOnly, onChange }: NameFieldProps) {
  const t = useTranslations('access');
  return (
    <Field label={t('name')}>
      {(ids) => (
        <Input
          {...ids}
          value={value}
          maxLength={120}
          autoComplete="off"
          readOnly={readOnly}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}
