'use client';

import { useTranslations } from 'next-intl';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { type ReactNode, useEffect, useRef } from 'react';
import { cn } from '@/lib/cn';
import { StepUpProvider } from '../auth/step-up';
import { useMay } from '../auth/use-may';
import { PageHeader } from '../shell/page-header';
import { SETTINGS_PAGES } from './settings-pages';

/** What stands around every page of the settings: their links, and the question for a password. */
export function SettingsLayout({ children }: { readonly children: ReactNode }) {
  const t = useTranslations('settings');
  const pathname = usePathname();
  const current = SETTINGS_PAGES.find(({ path }) => pathname.startsWith(path));
  return (
    <StepUpProvider>
      <PageHeader title={t('title')} />
      <div className="flex min-h-0 flex-1 flex-col md:flex-row">
        <SettingsNavigation />
        <div
          role="region"
          aria-label={current ? t(`page.${current.name}`) : t('title')}
          tabIndex={0}
          className="relative min-h-0 min-w-0 flex-1 overflow-y-auto focus-visible:-outline-offset-2"
        >
          {children}
        </div>
      </div>
    </StepUpProvider>
  );
}

/** A column at the side, or on a phone a row that scrolls. */
function SettingsNavigation() {
  const t = useTranslations('settings');
  const may = useMay();
  const pathname = usePathname();
  const here = useRef<HTMLAnchorElement>(null);
  useEffect(() => {
    // Newer browsers answer with a promise, which would be taken for what cleans up.
    void here.current?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [pathname]);
  const pages = SETTINGS_PAGES.filter(({ permission }) => permission === null || may(permission));
  return (
    <nav
      aria-label={t('pages')}
      className="flex shrink-0 gap-0.5 overflow-x-auto border-b px-2 py-1.5 md:w-48 md:flex-col md:overflow-visible md:border-r md:border-b-0 md:p-3"
    >
      {pages.map(({ name, path, Icon }) => {
        const isHere = pathname.startsWith(path);
        return (
          <Link
            key={name}
            ref={isHere ? here : undefined}
            href={path}
            aria-current={isHere ? 'page' : undefined}
            className={cn(
              'flex h-8 shrink-0 items-center gap-2.5 rounded-md px-2.5 text-sm font-medium whitespace-nowrap transition-colors hover:bg-hover',
              isHere ? 'bg-hover text-ink' : 'text-ink-muted',
            )}
          >
            <Icon aria-hidden className={cn('size-4', isHere && 'text-accent')} strokeWidth={1.9} />
            {t(`page.${name}`)}
          </Link>
        );
      })}
    </nav>
  );
}
