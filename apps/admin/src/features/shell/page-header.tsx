import type { ReactNode } from 'react';

interface PageHeaderProps {
  readonly title: string;
  /** A count or state beside the title. */
  readonly note?: ReactNode;
  readonly children?: ReactNode;
}

/** A page's first line: its name, and what can be done on it. */
export function PageHeader({ title, note, children }: PageHeaderProps) {
  return (
    <header className="flex h-13 shrink-0 items-center gap-3 border-b px-4 md:px-6">
      <h1 className="text-base font-semibold tracking-tight">{title}</h1>
      <div className="min-w-0 flex-1 truncate text-xs text-ink-faint tabular-nums">{note}</div>
      {children}
    </header>
  );
}
