'use client';

import type { ComponentProps } from 'react';
import { Field } from './field';
import { Input } from './input';

interface TextFieldProps extends Omit<ComponentProps<'input'>, 'value' | 'onChange' | 'children'> {
  readonly label: string;
  readonly hint?: string | undefined;
  readonly error?: string | undefined;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** One line of text with its label; the browser suggests nothing. */
export function TextField({ label, hint, error, onChange, ...props }: TextFieldProps) {
  return (
    <Field label={label} hint={hint} error={error}>
      {(ids) => (
        <Input {...ids} autoComplete="off" {...props} onChange={(event) => onChange(event.target.value)} />
      )}
    </Field>
  );
}
