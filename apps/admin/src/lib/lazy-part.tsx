'use client';

import { type ComponentType, type ReactNode, useEffect, useState } from 'react';
import { useToaster } from '@/components/ui/toast';

/** What a part that opens and closes may be told. */
interface Opened {
  readonly open?: boolean;
  readonly onClose?: () => void;
  readonly onOpenChange?: (open: boolean) => void;
}

interface LazyOptions<P> {
  /** Stands there until the part has come. */
  readonly placeholder?: ReactNode;
  /** Whether it is open by what it is told; by itself `open` says, and without it the part is always open. */
  readonly isOpen?: (props: P) => boolean;
}

/**
 * A part of a page whose code comes when it is first opened: what nobody opens costs nobody anything. Where the code
 * cannot be had the part says so, and closes itself, so that it can be opened again.
 *
 * @param load imports the part, such as `() => import('./x-dialog').then((m) => m.XDialog)`
 */
export function lazyPart<P extends object>(
  load: () => Promise<ComponentType<P>>,
  { placeholder, isOpen = ({ open = true }: Opened) => open }: LazyOptions<P> = {},
): ComponentType<P> {
  let loaded: ComponentType<P> | null = null;
  return function LazyPart(props: P) {
    const toaster = useToaster();
    const [Part, setPart] = useState(() => loaded);
    const { onClose, onOpenChange } = props as Opened;
    const isWanted = !Part && isOpen(props);
    useEffect(() => {
      if (!isWanted) return;
      let isGone = false;
      load().then(
        (part) => {
          loaded = part;
          if (!isGone) setPart(() => part);
        },
        (error: unknown) => {
          if (isGone) return;
          toaster.failed(error);
          onClose?.();
          onOpenChange?.(false);
        },
      );
      return () => {
        isGone = true;
      };
    }, [isWanted, onClose, onOpenChange, toaster]);
    return Part ? <Part {...props} /> : isWanted && placeholder;
  };
}
