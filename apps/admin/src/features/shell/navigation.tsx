'use client';

import { Activity, ScanFace, UsersRound } from 'lucide-react';
import { useTranslations } from 'next-intl';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { Kbd } from '@/components/ui/kbd';
import { cn } from '@/lib/cn';

/** The console's pages, with the key that follows `g` to go there. */
export const PAGES = [
  { name: 'live', path: '/live', key: 'l', Icon: ScanFace },
  { name: 'people', path: '/people', key: 'p', Icon: UsersRound },
  { name: 'events', path: '/events', key: 'e', Icon: Activity },
] as const;

/** Links to the pages: a column at the side, or a bar at a phone's foot. */
export function Navigation({ placement }: { readonly placement: 'side' | 'foot' }) {
  const t = useTranslations('nav');
  const pathname = usePathname();
  const side = placement === 'side';
  return (
    <nav
      aria-label={t('label')}
      className={
        side
          ? 'grid gap-0.5'
          : 'fixed inset-x-0 bottom-0 z-30 grid grid-cols-3 border-t bg-surface/95 pb-[env(safe-area-inset-bottom)] backdrop-blur md:hidden'
      }
    >
      {PAGES.map(({ name, path, key, Icon }) => {
        const current = pathname.startsWith(path);
        return (
          <Link
            key={name}
            href={path}
            aria-current={current ? 'page' : undefined}
            aria-keyshortcuts={side ? `g ${key}` : undefined}
            className={cn(
              'group flex items-center font-medium transition-colors',
              side
                ? 'h-8 justify-center gap-2.5 rounded-md px-2 text-sm hover:bg-hover lg:justify-start'
                : 'h-14 flex-col justify-center gap-1 text-2xs',
              current ? (side ? 'bg-hover text-ink' : 'text-accent') : 'text-ink-muted',
            )}
          >
            <Icon
              aria-hidden
              className={cn(side ? 'size-4' : 'size-5', current && 'text-accent')}
              strokeWidth={1.9}
            />
            <span className={side ? 'sr-only flex-1 lg:not-sr-only' : undefined}>{t(name)}</span>
            {side && (
              <span
                aria-hidden
                className="hidden gap-0.5 opacity-0 transition-opacity group-hover:opacity-100 group-focus-visible:opacity-100 lg:flex"
              >
                <Kbd>G</Kbd>
                <Kbd>{key.toUpperCase()}</Kbd>
              </span>
            )}
          </Link>
        );
      })}
    </nav>
  );
}
