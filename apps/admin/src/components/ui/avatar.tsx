'use client';

import { UserRound } from 'lucide-react';
import { useState } from 'react';
import { cn } from '@/lib/cn';
import { initialsOf } from '@/lib/initials';

interface AvatarProps {
  /** Null: nobody we know. */
  readonly name: string | null;
  readonly src: string | null;
  readonly className?: string;
}

/** A person's small picture, or initials. Decoration: the name stands beside it. */
export function Avatar({ name, src, className }: AvatarProps) {
  const [broken, setBroken] = useState<string | null>(null);
  return (
    <span
      aria-hidden
      className={cn(
        'inline-flex size-7 shrink-0 items-center justify-center overflow-hidden rounded-full bg-sunken text-2xs font-semibold text-ink-muted ring-1 ring-line select-none ring-inset',
        className,
      )}
    >
      {src && src !== broken ? (
        <img
          src={src}
          alt=""
          decoding="async"
          onError={() => setBroken(src)}
          className="size-full object-cover"
        />
      ) : name ? (
        initialsOf(name)
      ) : (
        <UserRound className="size-3.5" />
      )}
    </span>
  );
}
