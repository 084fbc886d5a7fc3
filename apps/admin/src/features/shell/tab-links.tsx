'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useEffect, useRef } from 'react';
import { cn } from '@/lib/cn';

interface TabLinksProps {
  readonly label: string;
  readonly tabs: readonly { readonly path: string; readonly label: string }[];
}

/** Links between pages that belong together, in one row that scrolls where it is narrow. */
export function TabLinks({ label, tabs }: TabLinksProps) {
  const pathname = usePathname();
  const current = useRef<HTMLAnchorElement>(null);
  useEffect(() => {
    current.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [pathname]);
  return (
    <nav aria-label={label} className="flex shrink-0 gap-1 overflow-x-auto border-b px-3 md:px-5">
      {tabs.map((tab) => {
        const isCurrent = pathname === tab.path;
        return (
          <Link
            key={tab.path}
            ref={isCurrent ? current : undefined}
            href={tab.path}
            aria-current={isCurrent ? 'page' : undefined}
            className={cn(
              'h-9 shrink-0 border-b-2 px-1.5 pt-2 text-sm font-medium whitespace-nowrap focus-visible:-outline-offset-2',
              isCurrent ? 'border-accent text-ink' : 'border-transparent text-ink-muted hover:text-ink',
            )}
          >
            {tab.label}
          </Link>
        );
      })}
    </nav>
  );
}
