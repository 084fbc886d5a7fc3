import { cn } from '@/lib/cn';

/** The mark: a gate, and in it the keyhole that is also a person. Takes the text's colour. */
export function Mark({ className }: { readonly className?: string }) {
  return (
    <svg viewBox="0 0 32 32" aria-hidden className={cn('size-6', className)} fill="currentColor">
      <path
        fillRule="evenodd"
        d="M3 15C3 7.82 8.82 2 16 2s13 5.82 13 13v13a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2V15Zm13-6.2a4.7 4.7 0 0 0-2.6 8.62c.42.28.64.78.53 1.27l-1.6 7.1c-.15.63.33 1.21.97 1.21h5.4c.64 0 1.12-.58.98-1.2l-1.6-7.11c-.12-.5.1-.99.52-1.27A4.7 4.7 0 0 0 16 8.8Z"
      />
    </svg>
  );
}

/** The mark with the product's name. */
export function Wordmark({ name }: { readonly name: string }) {
  return (
    <span className="inline-flex items-center gap-2">
      <Mark className="size-5.5 text-accent" />
      <span className="text-base font-bold tracking-tight">{name}</span>
    </span>
  );
}
