import { CircleAlert } from 'lucide-react';
import { type ReactNode, useId } from 'react';

interface FieldProps {
  readonly label: string;
  /** What is wrong with the value, in the reader's language. */
  readonly error?: string | undefined;
  readonly hint?: string | undefined;
  /** Draws the control with the ids that tie it to its label and messages. */
  readonly children: (ids: {
    id: string;
    'aria-invalid': boolean;
    'aria-describedby': string | undefined;
  }) => ReactNode;
}

/** A labelled control with its hint or error. */
export function Field({ label, error, hint, children }: FieldProps) {
  const id = useId();
  const note = error ?? hint;
  return (
    <div className="grid content-start gap-1.5">
      <label htmlFor={id} className="text-sm font-medium">
        {label}
      </label>
      {children({
        id,
        'aria-invalid': error !== undefined,
        'aria-describedby': note ? `${id}-note` : undefined,
      })}
      {note && (
        <p
          id={`${id}-note`}
          role={error ? 'alert' : undefined}
          className={error ? 'flex items-center gap-1 text-xs text-denied' : 'text-xs text-ink-faint'}
        >
          {error && <CircleAlert aria-hidden className="size-3.5 shrink-0" />}
          {note}
        </p>
      )}
    </div>
  );
}
