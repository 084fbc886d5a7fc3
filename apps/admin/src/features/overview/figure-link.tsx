import type { LucideIcon } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { Skeleton } from '@/components/ui/skeleton';
import { cn } from '@/lib/cn';

interface FigureLinkProps {
  readonly href: string;
  readonly label: string;
  readonly Icon: LucideIcon;
  /** Undefined while it is not known. */
  readonly value: string | undefined;
  /** What the figure means, or is to be compared with. */
  readonly note: ReactNode;
  /** Whether somebody should look at it. */
  readonly tone?: 'denied' | 'caution' | 'plain';
}

/** One figure of the overview; leads to the list that it was counted from. */
export function FigureLink({ href, label, Icon, value, note, tone = 'plain' }: FigureLinkProps) {
  return (
    <Link
      href={href}
      className="group flex min-w-0 flex-col gap-1 rounded-xl border bg-surface p-3.5 shadow-low transition-colors hover:border-line-strong hover:bg-hover/50"
    >
      <span className="flex items-center gap-1.5 text-xs text-ink-muted">
        <Icon aria-hidden className="size-3.5 shrink-0" />
        <span className="truncate">{label}</span>
      </span>
      <span
        className={cn(
          'text-2xl leading-8 font-semibold tracking-tight tabular-nums',
          tone === 'denied' && 'text-denied',
          tone === 'caution' && 'text-caution',
        )}
      >
        {value ?? <Skeleton className="my-1 h-6 w-16" />}
      </span>
      <span className="min-h-4 text-xs text-ink-faint tabular-nums">{value !== undefined && note}</span>
    </Link>
  );
}
