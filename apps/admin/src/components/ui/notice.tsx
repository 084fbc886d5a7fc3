import type { ReactNode } from 'react';
import { cn } from '@/lib/cn';

interface NoticeProps {
  readonly icon: ReactNode;
  readonly title: string;
  readonly children?: ReactNode;
  /** What can be done about it. */
  readonly action?: ReactNode;
  readonly className?: string;
  /** `alert` has it read out at once. */
  readonly role?: 'alert' | 'status';
}

/** Fills a place that has nothing to show: empty, failed or missing. Says why, and what to do. */
export function Notice({ icon, title, children, action, className, role }: NoticeProps) {
  return (
    <div
      role={role}
      className={cn('flex flex-col items-center justify-center gap-1 px-6 py-16 text-center', className)}
    >
      <span
        aria-hidden
        className="mb-3 grid size-11 place-items-center rounded-xl border bg-surface text-ink-faint shadow-low [&_svg]:size-5"
      >
        {icon}
      </span>
      <p className="text-sm font-semibold">{title}</p>
      {children && <p className="max-w-sm text-sm text-balance text-ink-muted">{children}</p>}
      {action && <div className="mt-4 flex gap-2">{action}</div>}
    </div>
  );
}
