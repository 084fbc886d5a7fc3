import { type ReactNode, useId } from 'react';

interface SectionProps {
  readonly title: string;
  readonly hint?: string;
  /** What can be done with the whole of it. */
  readonly action?: ReactNode;
  readonly children: ReactNode;
}

/** A part of a form or page, with its heading. */
export function Section({ title, hint, action, children }: SectionProps) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="grid gap-3">
      <header className="flex items-start gap-3">
        <div className="min-w-0 flex-1">
          <h2 id={id} className="text-sm font-semibold">
            {title}
          </h2>
          {hint && <p className="text-xs text-ink-faint">{hint}</p>}
        </div>
        {action}
      </header>
      {children}
    </section>
  );
}
