'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useRef } from 'react';
import { Button } from './button';

interface LoadMoreProps {
  readonly hasMore: boolean;
  readonly pending: boolean;
  readonly onMore: () => void;
  /** Asks by button alone, after a page that could not be loaded: scrolling must not ask for ever. */
  readonly failed: boolean;
}

/** Loads the next page when scrolled to, or when pressed. */
export function LoadMore({ hasMore, pending, onMore, failed }: LoadMoreProps) {
  const t = useTranslations('common');
  const ref = useRef<HTMLDivElement>(null);
  const active = hasMore && !pending && !failed;
  useEffect(() => {
    const element = ref.current;
    if (!element || !active) return;
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && onMore(), {
      rootMargin: '400px',
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [active, onMore]);
  if (!hasMore) return null;
  return (
    <div ref={ref} className="flex justify-center py-4">
      <Button size="sm" variant="ghost" pending={pending} onClick={onMore}>
        {t('more')}
      </Button>
    </div>
  );
}
