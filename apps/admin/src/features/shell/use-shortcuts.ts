'use client';

import { useRouter } from 'next/navigation';
import { useEffect } from 'react';
import { usePages } from './navigation';

/** The second key of a pair must follow within this. */
const PAIR_MS = 1200;

/** Listens for `g` + a page's key, `/` for the page's search and `?` for the list of these. */
export function useShortcuts(onShowShortcuts: () => void): void {
  const router = useRouter();
  const pages = usePages();
  useEffect(() => {
    let goUntilMs = 0;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.altKey) return;
      if (isTyping(event.target) || document.querySelector('[role=dialog],[role=alertdialog],[role=menu]'))
        return;
      const page = pages.find(({ key }) => key === event.key.toLowerCase());
      if (page && event.timeStamp < goUntilMs) router.push(page.path);
      goUntilMs = event.key.toLowerCase() === 'g' ? event.timeStamp + PAIR_MS : 0;
      if (event.key === '?') onShowShortcuts();
      if (event.key !== '/') return;
      const search = document.querySelector<HTMLElement>('[data-search-target]');
      if (!search) return;
      event.preventDefault();
      search.focus();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [router, pages, onShowShortcuts]);
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName))
  );
}
