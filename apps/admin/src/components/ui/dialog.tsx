'use client';

import { X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Dialog as Primitive } from 'radix-ui';
import { type ReactNode, useRef } from 'react';
import { cn } from '@/lib/cn';
import { Button } from './button';

interface DialogProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly title: string;
  readonly description?: ReactNode;
  readonly children: ReactNode;
  readonly className?: string;
  /** `side`: a sheet at the right edge, for details beside a list. */
  readonly placement?: 'center' | 'side';
  /** Whether it has the button that closes it. */
  readonly closable?: boolean;
}

const PLACEMENTS = {
  center:
    'inset-x-0 bottom-0 max-h-[92dvh] rounded-t-xl data-[state=closed]:slide-out-to-bottom-4 data-[state=open]:slide-in-from-bottom-4 sm:inset-x-auto sm:bottom-auto sm:top-1/2 sm:left-1/2 sm:w-[26rem] sm:-translate-x-1/2 sm:-translate-y-1/2 sm:rounded-xl sm:data-[state=open]:zoom-in-[0.98]',
  side: 'inset-y-0 right-0 w-full border-y-0 sm:w-[24rem] data-[state=closed]:slide-out-to-right-8 data-[state=open]:slide-in-from-right-8',
} as const;

/** A dialog over the page: traps the focus and gives it back, closes by Escape; at the bottom edge on a phone. */
export function Dialog({
  open,
  onOpenChange,
  title,
  description,
  children,
  className,
  placement,
  closable = true,
}: DialogProps) {
  const t = useTranslations('common');
  const before = useRef<Element | null>(null);
  return (
    <Primitive.Root open={open} onOpenChange={onOpenChange}>
      <Primitive.Portal>
        <Primitive.Overlay className="fixed inset-0 z-40 bg-black/35 duration-150 data-[state=closed]:animate-out data-[state=closed]:fade-out data-[state=open]:animate-in data-[state=open]:fade-in" />
        <Primitive.Content
          {...(description ? {} : { 'aria-describedby': undefined })}
          onOpenAutoFocus={() => (before.current = document.activeElement)}
          onCloseAutoFocus={(event) => {
            // By itself it gives the focus back to a trigger of its own only; ours are opened from anywhere.
            event.preventDefault();
            if (before.current instanceof HTMLElement) before.current.focus();
          }}
          className={cn(
            'fixed z-50 flex flex-col overflow-y-auto border bg-raised shadow-float duration-150 focus-visible:outline-none data-[state=closed]:animate-out data-[state=closed]:fade-out data-[state=open]:animate-in data-[state=open]:fade-in',
            PLACEMENTS[placement ?? 'center'],
            className,
          )}
        >
          <header className="flex items-start gap-4 px-5 pt-4 pb-3">
            <div className="min-w-0 flex-1">
              <Primitive.Title className="text-base font-semibold text-balance">{title}</Primitive.Title>
              {description && (
                <Primitive.Description className="mt-0.5 text-sm text-ink-muted">
                  {description}
                </Primitive.Description>
              )}
            </div>
            {closable && (
              <Primitive.Close asChild>
                <Button variant="ghost" size="iconSm" aria-label={t('close')} className="-mt-0.5 -mr-1.5">
                  <X aria-hidden />
                </Button>
              </Primitive.Close>
            )}
          </header>
          {children}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}

/** The row of a dialog's actions, the main one last. */
export function DialogFooter({ children }: { readonly children: ReactNode }) {
  return (
    <footer className="mt-auto flex justify-end gap-2 border-t bg-surface px-5 py-3 pb-[max(0.75rem,env(safe-area-inset-bottom))]">
      {children}
    </footer>
  );
}
