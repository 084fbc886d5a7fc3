import type { ReactNode } from 'react';

interface LabelledProps {
  readonly label: string;
  readonly hint?: string | undefined;
  /** What is wrong with the choice, in the reader's language. */
  readonly error?: string | undefined;
  readonly children: ReactNode;
}

/** A choice below the words that say what is chosen, for controls that carry their own label. */
export function Labelled({ label, hint, error, children }: LabelledProps) {
  return (
    <div className="grid min-w-0 gap-1.5">
      <p aria-hidden className="text-sm font-medium">
        {label}
      </p>
      <div className="min-w-0">{children}</div>
      {(error ?? hint) && (
        <p
          role={error ? 'alert' : undefined}
          className={error ? 'text-xs text-denied' : 'text-xs text-ink-faint'}
        >
          {error ?? hint}
        </p>
      )}
    </div>
  );
}
