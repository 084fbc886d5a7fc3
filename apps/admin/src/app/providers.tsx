'use client';

import type { ReactNode } from 'react';
import { ToastProvider } from '@/components/ui/toast';
import { QueryProvider } from '@/lib/query-provider';

/** What every page needs around it. */
export function Providers({ children }: { readonly children: ReactNode }) {
  return (
    <ToastProvider>
      <QueryProvider>{children}</QueryProvider>
    </ToastProvider>
  );
}
