import { cn } from '@/lib/cn';

/** The place of something that is on its way. */
export function Skeleton({ className }: { readonly className?: string }) {
  return (
    <span aria-hidden data-skeleton className={cn('block animate-sweep rounded-sm bg-hover', className)} />
  );
}
