'use client';

import { type KeyboardEvent, useState } from 'react';
import { useToaster } from '@/components/ui/toast';

/** What a button does so that something opens. */
export interface Opener {
  readonly onPointerEnter: () => void;
  readonly onFocus: () => void;
  readonly onClick: () => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
}

const OPENING_KEYS: readonly string[] = ['ArrowDown', 'ArrowUp'];

/**
 * What a button opens, whose code comes when the pointer or the focus is on the button; null until the button was
 * pressed and the code is here. What is opened then stands in the button's place, open from the first.
 *
 * @param load imports it
 */
export function useOpened<T extends object>(
  load: () => Promise<T>,
): { readonly opened: T | null; readonly opener: Opener } {
  const toaster = useToaster();
  const [state, setState] = useState<{ readonly opened: T } | null>(null);
  const prepare = () => void load().catch(() => undefined);
  const open = () => void load().then((opened) => setState({ opened }), toaster.failed);
  return {
    opened: state && state.opened,
    opener: {
      onPointerEnter: prepare,
      onFocus: prepare,
      onClick: open,
      onKeyDown: (event) => {
        if (!OPENING_KEYS.includes(event.key)) return;
        event.preventDefault();
        open();
      },
    },
  };
}
