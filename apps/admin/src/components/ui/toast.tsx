'use client';

import { CircleCheck, TriangleAlert, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Toast as Primitive } from 'radix-ui';
import { type ReactNode, createContext, useCallback, useContext, useMemo, useState } from 'react';
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

let lastId = 0;

/** Gives the pages below it {@link useToaster}. */
export function ToastProvider({ children }: { readonly children: ReactNode }) {
  const t = useTranslations('common');
  const errorText = useErrorText();
  const [messages, setMessages] = useState<readonly ToastMessage[]>([]);
  const add = useCallback((message: Omit<ToastMessage, 'id'>) => {
    setMessages((current) => [...current.slice(-2), { ...message, id: ++lastId }]);
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
      <Primitive.Provider duration={6000} label={t('notification')}>
        {children}
        {messages.map((message) => (
          <ToastCard
            key={message.id}
            message={message}
            onClosed={() => setMessages((current) => current.filter(({ id }) => id !== message.id))}
          />
        ))}
        <Primitive.Viewport
          label={t('notifications', { hotkey: '{hotkey}' })}
          className="fixed right-4 bottom-[calc(5rem+env(safe-area-inset-bottom))] left-4 z-60 flex flex-col items-end gap-2 outline-none md:bottom-4 md:left-auto md:w-88"
        />
      </Primitive.Provider>
    </ToasterContext>
  );
}

/** Says things in passing. @throws outside {@link ToastProvider} */
export function useToaster(): Toaster {
  const toaster = useContext(ToasterContext);
  if (!toaster) throw new Error('There is no toaster outside ToastProvider.');
  return toaster;
}

function ToastCard({ message, onClosed }: { readonly message: ToastMessage; readonly onClosed: () => void }) {
  const t = useTranslations('common');
  const failed = message.tone === 'failed';
  return (
    <Primitive.Root
      type={failed ? 'foreground' : 'background'}
      onOpenChange={(open) => !open && onClosed()}
      className="flex w-full items-start gap-2.5 rounded-lg border bg-raised p-3 shadow-float duration-200 data-[state=open]:animate-in data-[state=open]:fade-in data-[state=open]:slide-in-from-bottom-2"
    >
      {failed ? (
        <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-denied" />
      ) : (
        <CircleCheck aria-hidden className="mt-0.5 size-4 shrink-0 text-granted" />
      )}
      <div className="min-w-0 flex-1">
        <Primitive.Title className="text-sm font-medium">{message.title}</Primitive.Title>
        {message.detail && (
          <Primitive.Description className="text-xs text-ink-muted">{message.detail}</Primitive.Description>
        )}
      </div>
      <Primitive.Close aria-label={t('close')} className="rounded-sm p-0.5 text-ink-faint hover:text-ink">
        <X aria-hidden className="size-3.5" />
      </Primitive.Close>
    </Primitive.Root>
  );
}
