'use client';

import { CircleCheck, TriangleAlert, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type ReactNode, createContext, useCallback, useContext, useEffect, useMemo, useState } from 'react';
import { useErrorText } from '@/lib/api/use-error-text';

interface ToastMessage {
  readonly id: number;
  readonly tone: 'done' | 'failed';
  readonly title: string;
  readonly detail: string | null;
}

interface Toaster {
  /** Says that something was done. */
  readonly done: (title: string, detail?: string) => void;
  /** Says what went wrong. */
  readonly failed: (error: unknown) => void;
}

const ToasterContext = createContext<Toaster | null>(null);

const SHOWN_MS = 6000;
const SHOWN_MAX = 3;

let lastId = 0;

/** Gives the pages below it {@link useToaster}. */
export function ToastProvider({ children }: { readonly children: ReactNode }) {
  const t = useTranslations('common');
  const errorText = useErrorText();
  const [messages, setMessages] = useState<readonly ToastMessage[]>([]);
  const add = useCallback((message: Omit<ToastMessage, 'id'>) => {
    setMessages((current) => [...current.slice(1 - SHOWN_MAX), { ...message, id: ++lastId }]);
  }, []);
  const close = useCallback((closed: number) => {
    setMessages((current) => current.filter(({ id }) => id !== closed));
  }, []);
  const toaster = useMemo<Toaster>(
    () => ({
      done: (title, detail) => add({ tone: 'done', title, detail: detail ?? null }),
      failed: (error) => {
        const { title, hint } = errorText(error);
        add({ tone: 'failed', title, detail: hint });
      },
    }),
    [add, errorText],
  );
  return (
    <ToasterContext value={toaster}>
      {children}
      <section
        aria-label={t('notifications')}
        aria-live="polite"
        className="pointer-events-none fixed right-4 bottom-[calc(4.5rem+env(safe-area-inset-bottom))] left-4 z-60 flex flex-col items-end gap-2 md:bottom-4 md:left-auto md:w-88"
      >
        {messages.map((message) => (
          <ToastCard key={message.id} message={message} onClose={close} />
        ))}
      </section>
    </ToasterContext>
  );
}

/** Says things in passing. @throws outside {@link ToastProvider} */
export function useToaster(): Toaster {
  const toaster = useContext(ToasterContext);
  if (!toaster) throw new Error('There is no toaster outside ToastProvider.');
  return toaster;
}

interface ToastCardProps {
  readonly message: ToastMessage;
  readonly onClose: (id: number) => void;
}

/** One message; it goes by itself, but not while it is pointed at or focused. */
function ToastCard({ message, onClose }: ToastCardProps) {
  const t = useTranslations('common');
  const [held, setHeld] = useState(false);
  const { id, title, detail } = message;
  useEffect(() => {
    if (held) return;
    const timer = setTimeout(() => onClose(id), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [held, id, onClose]);
  return (
    <div
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
      className="pointer-events-auto flex w-full animate-in items-start gap-2.5 rounded-lg border bg-raised p-3 shadow-float duration-200 fade-in slide-in-from-bottom-2"
    >
      {message.tone === 'failed' ? (
        <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-denied" />
      ) : (
        <CircleCheck aria-hidden className="mt-0.5 size-4 shrink-0 text-granted" />
      )}
      <div className="min-w-0 flex-1">
        <p className="text-sm font-medium">{title}</p>
        {detail && <p className="text-xs text-ink-muted">{detail}</p>}
      </div>
      <button
        type="button"
        aria-label={t('close')}
        className="rounded-sm p-0.5 text-ink-faint hover:text-ink"
        onClick={() => onClose(id)}
      >
        <X aria-hidden className="size-3.5" />
      </button>
    </div>
  );
}
