import type { ComponentProps } from 'react';
import { cn } from '@/lib/cn';

/** Looks of everything that takes typing. 16 px on phones, or iOS zooms into the field. */
export const inputClasses =
  'h-8 w-full min-w-0 rounded-md border border-line-strong bg-raised px-2.5 text-base text-ink shadow-low transition-colors placeholder:text-ink-faint hover:border-ink-faint focus-visible:outline-offset-0 disabled:opacity-60 aria-invalid:border-denied md:text-sm';

/** A line of text. */
export function Input({ className, ...props }: ComponentProps<'input'>) {
  return <input className={cn(inputClasses, className)} {...props} />;
}
