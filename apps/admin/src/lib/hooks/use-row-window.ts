'use client';

import { type RefObject, useEffect, useState } from 'react';
import { type RowWindow, windowOf } from './row-window';

/** A row's height before one was drawn and measured. */
const ROW_PX = 48;

/**
 * Which rows of a long list are drawn: those in view with some around, so that a list of any length costs the same to
 * scroll. Drawn anew only when the view has moved by some rows.
 *
 * @param scroller what scrolls; its rows are found by `data-row`
 */
export function useRowWindow(scroller: RefObject<HTMLElement | null>, count: number): RowWindow {
  const [view, setView] = useState({ topPx: 0, heightPx: 900, rowPx: ROW_PX });
  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const look = () => {
      const rowPx = element.querySelector<HTMLElement>('[data-row]')?.offsetHeight || ROW_PX;
      const { scrollTop: topPx, clientHeight: heightPx } = element;
      setView((before) => {
        const after = { topPx, heightPx, rowPx };
        const [one, other] = [windowOf(before, count), windowOf(after, count)];
        const isSame = one.first === other.first && one.last === other.last && before.rowPx === rowPx;
        return isSame ? before : after;
      });
    };
    look();
    element.addEventListener('scroll', look, { passive: true });
    const observer = new ResizeObserver(look);
    observer.observe(element);
    return () => {
      element.removeEventListener('scroll', look);
      observer.disconnect();
    };
  }, [scroller, count]);
  return windowOf(view, count);
}
