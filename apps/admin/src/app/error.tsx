'use client';

import { ErrorNotice } from '@/components/ui/error-notice';

export default function ErrorPage({ error, reset }: { readonly error: Error; readonly reset: () => void }) {
  return (
    <main className="grid min-h-dvh place-items-center">
      <ErrorNotice error={error} onRetry={reset} />
    </main>
  );
}
