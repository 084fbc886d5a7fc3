'use client';

import { useTranslations } from 'next-intl';
import { AlertDialog as Primitive } from 'radix-ui';
import { Button } from './button';
import type { ConfirmDialogProps } from './confirm-dialog';

/** Asks before what cannot be undone; stays open while it runs. */
export function OpenedConfirmDialog(props: ConfirmDialogProps) {
  const t = useTranslations('common');
  return (
    <Primitive.Root open={props.open} onOpenChange={props.onOpenChange}>
      <Primitive.Portal>
        <Primitive.Overlay className="fixed inset-0 z-40 bg-black/35 duration-150 data-[state=open]:animate-in data-[state=open]:fade-in" />
        <Primitive.Content className="fixed inset-x-4 top-1/2 z-50 -translate-y-1/2 rounded-xl border bg-raised p-5 shadow-float duration-150 focus-visible:outline-none data-[state=open]:animate-in data-[state=open]:fade-in sm:inset-x-auto sm:left-1/2 sm:w-96 sm:-translate-x-1/2">
          <Primitive.Title className="text-base font-semibold">{props.title}</Primitive.Title>
          <Primitive.Description className="mt-1.5 text-sm text-ink-muted">
            {props.description}
          </Primitive.Description>
          <div className="mt-5 flex justify-end gap-2">
            <Primitive.Cancel asChild>
              <Button>{t('cancel')}</Button>
            </Primitive.Cancel>
            <Button variant="danger" pending={props.pending} onClick={props.onConfirm}>
              {props.confirmLabel}
            </Button>
          </div>
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}
