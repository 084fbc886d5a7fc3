import { type ReactNode, useId } from 'react';

interface CardProps {
  readonly title: string;
  /** What can be done with it, at the right of the title. */
  readonly action?: ReactNode;
  readonly children: ReactNode;
}

/** A part of a page with its heading, in a frame. */
export function Card({ title, action, children }: CardProps) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="min-w-0 overflow-clip rounded-xl border bg-surface shadow-low">
      <header className="flex min-h-11 items-center gap-2 border-b px-3.5 py-1.5">
        <h2 id={id} className="min-w-0 flex-1 truncate text-sm font-semibold">
          {title}
        </h2>
        {action}
      </header>
      {children}
    </section>
  );
}
