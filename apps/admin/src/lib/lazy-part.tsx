'use client';

import { type ComponentType, type ReactNode, useEffect, useState } from 'react';
import { useToaster } from '@/components/ui/toast';

/** What a part that opens and closes may be told; one without `open` is open while it is there. */
interface Opened {
  readonly open?: boolean;
  readonly onClose?: () => void;
}

/**
 * A part of a page whose code comes when it is first opened: what nobody opens costs nobody anything. Where the code
 * cannot be had the part says so, and closes itself, so that it can be opened again.
 *
 * @param load imports the part, such as `() => import('./x-dialog').then((m) => m.XDialog)`
 * @param placeholder stands there until it has come
 */
export function lazyPart<P extends object>(
  load: () => Promise<ComponentType<P>>,
  placeholder?: ReactNode,
): ComponentType<P> {
  let loaded: ComponentType<P> | null = null;
  return function LazyPart(props: P) {
    const toaster = useToaster();
    const [Part, setPart] = useState(() => loaded);
    const { open = true, onClose } = props as Opened;
    const isWanted = open && !Part;
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
        },
      );
      return () => {
        isGone = true;
      };
    }, [isWanted, onClose, toaster]);
    return Part ? <Part {...props} /> : open && placeholder;
  };
}
