import { type ReactNode, useId } from 'react';
import { cn } from '@/lib/cn';

/** The column that a page of forms and short lists stands in. */
export function SettingsColumn({ children }: { readonly children: ReactNode }) {
  return (
    <div className="mx-auto grid w-full max-w-3xl grid-cols-1 gap-8 px-4 py-6 md:px-8 md:py-8">
      {children}
    </div>
  );
}

interface SectionProps {
  readonly title: string;
  readonly hint?: ReactNode;
  /** What can be done with all of it. */
  readonly action?: ReactNode;
  readonly children?: ReactNode;
}

/** Settings that belong together: what they are about, and a card with them. */
export function Section({ title, hint, action, children }: SectionProps) {
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <header className="mb-3 flex flex-wrap items-end justify-between gap-x-4 gap-y-2">
        <div className="min-w-0 flex-1 basis-60">
          <h2 id={id} className="text-base font-semibold tracking-tight">
            {title}
          </h2>
          {hint && <p className="mt-0.5 text-sm text-ink-muted">{hint}</p>}
        </div>
        {action}
      </header>
      {children && <div className="overflow-hidden rounded-lg border bg-surface">{children}</div>}
    </section>
  );
}

interface RowProps {
  readonly icon?: ReactNode;
  readonly title: ReactNode;
  readonly note?: ReactNode;
  /** What can be done with it. */
  readonly children?: ReactNode;
  readonly as?: 'div' | 'li';
  readonly className?: string;
}

/** One thing of a section: what it is, and what can be done with it. */
export function SectionRow({ icon, title, note, children, as: Tag = 'div', className }: RowProps) {
  return (
    <Tag
      className={cn(
        'flex flex-wrap items-center gap-x-3 gap-y-2 border-b px-4 py-3 last:border-b-0',
        className,
      )}
    >
      {icon && (
        <span
          aria-hidden
          className="grid size-8 shrink-0 place-items-center rounded-md border bg-raised text-ink-faint [&_svg]:size-4"
        >
          {icon}
        </span>
      )}
      <div className="min-w-0 flex-1 basis-40">
        <div className="flex flex-wrap items-center gap-x-2 gap-y-1 text-sm font-medium">{title}</div>
        {note && <div className="mt-0.5 text-xs text-ink-faint">{note}</div>}
      </div>
      {children && <div className="flex shrink-0 gap-2">{children}</div>}
    </Tag>
  );
}
