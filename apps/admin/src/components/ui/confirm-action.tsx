'use client';

import type { ReactNode } from 'react';
import { ConfirmDialog } from './confirm-dialog';
import { useToaster } from './toast';

interface ConfirmActionProps {
  readonly title: string;
  readonly description: ReactNode;
  readonly confirmLabel: string;
  readonly action: {
    readonly isPending: boolean;
    readonly mutate: (nothing: void, options: { onError: (error: unknown) => void }) => void;
  };
  readonly onClose: () => void;
}

/** Asks before something is done; where it is refused, says why and closes. */
export function ConfirmAction({ title, description, confirmLabel, action, onClose }: ConfirmActionProps) {
  const toaster = useToaster();
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={title}
      description={description}
      confirmLabel={confirmLabel}
      pending={action.isPending}
      onConfirm={() =>
        action.mutate(undefined, {
          onError: (error) => {
            toaster.failed(error);
            onClose();
          },
        })
      }
    />
  );
}
