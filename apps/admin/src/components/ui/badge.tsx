import { type VariantProps, cva } from 'class-variance-authority';
import type { ComponentProps } from 'react';
import { cn } from '@/lib/cn';

const badgeVariants = cva(
  'inline-flex h-5 items-center align-middle gap-1 rounded-full px-2 text-2xs font-medium whitespace-nowrap [&_svg]:size-3 [&_svg]:shrink-0',
  {
    variants: {
      tone: {
        plain: 'bg-sunken text-ink-muted ring-1 ring-line ring-inset',
        granted: 'bg-granted-soft text-granted',
        denied: 'bg-denied-soft text-denied',
        caution: 'bg-caution-soft text-caution',
        accent: 'bg-accent-soft text-accent',
      },
    },
    defaultVariants: { tone: 'plain' },
  },
);

/** A short state in words, with an icon where the colour means something. */
export function Badge({
  tone,
  className,
  ...props
}: ComponentProps<'span'> & VariantProps<typeof badgeVariants>) {
  return <span className={cn(badgeVariants({ tone }), className)} {...props} />;
}
