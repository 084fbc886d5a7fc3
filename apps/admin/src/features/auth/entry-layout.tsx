'use client';

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Mark, Wordmark } from '@/components/brand/mark';
import { PreferencesMenu } from '../shell/preferences-menu';

interface EntryLayoutProps {
  readonly title: string;
  readonly hint: string;
  readonly children: ReactNode;
}

/** The page before anybody is signed in: a form beside the brand's picture. */
export function EntryLayout({ title, hint, children }: EntryLayoutProps) {
  const brand = useTranslations('brand');
  return (
    <main className="grid min-h-dvh lg:grid-cols-[1fr_1.1fr]">
      <section className="flex flex-col px-6 py-5">
        <header className="flex items-center justify-between">
          <Wordmark name={brand('name')} />
          <PreferencesMenu />
        </header>
        <div className="mx-auto flex w-full max-w-80 flex-1 flex-col justify-center py-10">
          <h1 className="text-2xl font-semibold tracking-tight">{title}</h1>
          <p className="mt-1 mb-7 text-ink-muted">{hint}</p>
          {children}
        </div>
      </section>
      <GatePanel tagline={brand('tagline')} />
    </main>
  );
}

/** The mark as a nest of gates, one within another. Decoration. */
function GatePanel({ tagline }: { readonly tagline: string }) {
  return (
    <aside className="relative hidden overflow-hidden border-l bg-[oklch(0.2_0.035_264)] text-[oklch(0.96_0.01_85)] lg:block">
      <div aria-hidden className="absolute inset-0 grid place-items-end justify-center">
        {[46, 37, 28.5, 20.5].map((widthRem, index) => (
          <span
            key={widthRem}
            style={{ width: `${widthRem}rem`, height: `${widthRem * 1.08}rem`, opacity: 0.35 + index * 0.13 }}
            className="absolute bottom-0 left-1/2 -translate-x-1/2 rounded-t-full border border-b-0 border-[oklch(0.55_0.13_264)] bg-[oklch(0.45_0.15_264/0.12)]"
          />
        ))}
        <Mark className="relative mb-0 size-52 text-[oklch(0.72_0.13_264)]" />
      </div>
      <p className="absolute top-16 right-12 left-12 max-w-md text-3xl leading-snug font-semibold tracking-tight text-balance">
        {tagline}
      </p>
    </aside>
  );
}
