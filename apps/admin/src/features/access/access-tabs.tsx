'use client';

import type { Permission } from '@munjigi/contracts';
import { useTranslations } from 'next-intl';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { type ReactNode, useEffect, useRef } from 'react';
import { cn } from '@/lib/cn';
import { useMay } from '../auth/use-may';
import { PageHeader } from '../shell/page-header';

const TABS = [
  { name: 'schedules', permission: 'access:read' },
  { name: 'holidays', permission: 'access:read' },
  { name: 'levels', permission: 'access:read' },
  { name: 'groups', permission: 'access:read' },
  { name: 'areas', permission: 'access:read' },
  { name: 'lockdown', permission: 'doors:read' },
  { name: 'why', permission: 'access:read' },
] as const satisfies readonly { name: string; permission: Permission }[];

/** What stands around every page of the access rules: the title and the way to the others. */
export function AccessTabs({ children }: { readonly children: ReactNode }) {
  const t = useTranslations('access');
  const may = useMay();
  const pathname = usePathname();
  const current = useRef<HTMLAnchorElement>(null);
  useEffect(() => {
    current.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [pathname]);
  return (
    <>
      <PageHeader title={t('title')} />
      <nav aria-label={t('title')} className="flex shrink-0 gap-1 overflow-x-auto border-b px-3 md:px-5">
        {TABS.filter(({ permission }) => may(permission)).map(({ name }) => {
          const isCurrent = pathname.endsWith(`/${name}`);
          return (
            <Link
              key={name}
              ref={isCurrent ? current : undefined}
              href={`/access/${name}`}
              aria-current={isCurrent ? 'page' : undefined}
              className={cn(
                'h-9 shrink-0 border-b-2 px-1.5 pt-2 text-sm font-medium whitespace-nowrap focus-visible:-outline-offset-2',
                isCurrent ? 'border-accent text-ink' : 'border-transparent text-ink-muted hover:text-ink',
              )}
            >
              {t(`tab.${name}`)}
            </Link>
          );
        })}
      </nav>
      {children}
    </>
  );
}
