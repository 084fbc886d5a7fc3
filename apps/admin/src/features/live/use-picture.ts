'use client';

import type { DoorId, LiveFrame } from '@munjigi/contracts';
import { type RefObject, useEffect, useRef, useState } from 'react';
import type { ReceivedFrame } from '@/lib/live/frame-store';
import { useLive, useLiveStatus } from '@/lib/live/live-provider';
import { portraitSquare } from './overlay-geometry';
import type { TrackMemory } from './track-memory';

/** A door's picture is old when nothing came for this long. */
const STALE_MS = 4000;

const PORTRAIT_PX = 160;

export interface Picture {
  /** Of the camera's picture, at its own size. */
  readonly canvasRef: RefObject<HTMLCanvasElement | null>;
  /** Of the same in a few pixels, for what lies around it. */
  readonly backdropRef: RefObject<HTMLCanvasElement | null>;
  /** The frame that is drawn now, so that boxes and picture belong together; null before the first. */
  readonly frame: LiveFrame | null;
  readonly isStale: boolean;
}

/** Draws a door's frames as they come; while one is being decoded, only the newest of the others waits. */
export function usePicture(doorId: DoorId, memory: TrackMemory): Picture {
  const live = useLive();
  const status = useLiveStatus();
  const canvasRef = useRef<HTMLCanvasElement | null>(null);
  const backdropRef = useRef<HTMLCanvasElement | null>(null);
  const [frame, setFrame] = useState<LiveFrame | null>(null);
  const [isStale, setIsStale] = useState(false);

  useEffect(() => {
    let waiting: ReceivedFrame | null = null;
    let busy = false;
    let gone = false;
    let staleTimer: ReturnType<typeof setTimeout> | undefined;

    const draw = async ({ frame: next, receivedMs }: ReceivedFrame) => {
      const bitmap = await createImageBitmap(new Blob([next.jpeg], { type: 'image/jpeg' }));
      const canvas = canvasRef.current;
      if (canvas && !gone) {
        paint(canvas, bitmap);
        if (backdropRef.current) paint(backdropRef.current, bitmap, 12);
        for (const face of next.faces) {
          memory.see(doorId, face, receivedMs, () => cutOut(canvas, next, face.box));
        }
        setFrame(next);
        setIsStale(false);
        clearTimeout(staleTimer);
        staleTimer = setTimeout(() => setIsStale(true), STALE_MS);
      }
      bitmap.close();
    };

    const pump = async () => {
      if (busy) return;
      busy = true;
      while (waiting) {
        const next = waiting;
        waiting = null;
        // A picture that cannot be read is passed over; the next is a moment away.
        await draw(next).catch(() => undefined);
      }
      busy = false;
    };

    const take = (received: ReceivedFrame) => {
      waiting = received;
      void pump();
    };
    const newest = live.frames.newest(doorId);
    if (newest) take(newest);
    const off = live.frames.subscribe(doorId, take);
    return () => {
      gone = true;
      off();
      clearTimeout(staleTimer);
    };
  }, [live, doorId, memory]);

  return { canvasRef, backdropRef, frame, isStale: isStale || (status === 'lost' && frame !== null) };
}

function paint(canvas: HTMLCanvasElement, bitmap: ImageBitmap, width = bitmap.width): void {
  const height = Math.round((bitmap.height * width) / bitmap.width);
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
  canvas.getContext('2d')?.drawImage(bitmap, 0, 0, width, height);
}

/** The face as a small `data:` picture; null where the browser gives no canvas. */
function cutOut(
  canvas: HTMLCanvasElement,
  frame: LiveFrame,
  box: LiveFrame['faces'][number]['box'],
): string | null {
  const square = portraitSquare(box, frame, canvas);
  const portrait = document.createElement('canvas');
  portrait.width = portrait.height = PORTRAIT_PX;
  const context = portrait.getContext('2d');
  if (!context) return null;
  context.drawImage(canvas, square.x, square.y, square.width, square.height, 0, 0, PORTRAIT_PX, PORTRAIT_PX);
  return portrait.toDataURL('image/jpeg', 0.88);
}
