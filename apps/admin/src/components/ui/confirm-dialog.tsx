'use client';

import type { ReactNode } from 'react';
import { lazyPart } from '@/lib/lazy-part';

export interface ConfirmDialogProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly title: string;
  readonly description: ReactNode;
  readonly confirmLabel: string;
  readonly pending: boolean;
  readonly onConfirm: () => void;
}

/** Asks before what cannot be undone; stays open while it runs. */
export const ConfirmDialog = lazyPart<ConfirmDialogProps>(() =>
  import('./opened-confirm-dialog').then((m) => m.OpenedConfirmDialog),
);
