'use client';

import { CircleAlert } from 'lucide-react';
import { useErrorText } from '@/lib/api/use-error-text';

/** Why something was refused, and what to do; nothing without an error. */
export function Refusal({ error }: { readonly error: unknown }) {
  const errorText = useErrorText();
  if (!error) return null;
  const { title, hint } = errorText(error);
  return (
    <p role="alert" className="flex gap-2 rounded-md bg-denied-soft px-3 py-2 text-sm text-denied">
      <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
      <span>
        {title}
        {hint && <span className="block text-xs">{hint}</span>}
      </span>
    </p>
  );
}
