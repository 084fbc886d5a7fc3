'use client';

import { useCallback, useEffect, useRef, useState, type RefObject } from 'react';
import { choose, GOOD_FRAMES, NO_CHOICE, type Choice, type Frame } from './best-frame';
import type { Look } from './enrolment-api';
import { takePicture } from './take-picture';

/** A breath between two looks, ms: the server has others to serve. */
const PAUSE_MS = 150;
const WANTED = {
  audio: false,
  video: { facingMode: 'user', width: { ideal: 1280 }, height: { ideal: 720 } },
};

/** `insecure`: the browser gives no camera to a page that did not come by https. */
export type CameraState = 'starting' | 'running' | 'insecure' | 'none' | 'refused' | 'busy';

/** A camera whose pictures are looked at until there are enough good ones. */
export interface GuidedCamera {
  readonly video: RefObject<HTMLVideoElement | null>;
  readonly state: CameraState;
  /** The last picture that was looked at; null before the first. */
  readonly seen: Frame | null;
  readonly choice: Choice;
  /** The best picture, once enough were good. */
  readonly chosen: Frame | null;
  readonly error: unknown;
  /** Starts anew. */
  readonly again: () => void;
}

/** Opens the browser's camera while the component is there, and looks at one picture after the other. */
export function useGuidedCamera(look: Look): GuidedCamera {
  const video = useRef<HTMLVideoElement>(null);
  const [state, setState] = useState<CameraState>('starting');
  const [seen, setSeen] = useState<Frame | null>(null);
  const [choice, setChoice] = useState<Choice>(NO_CHOICE);
  const [error, setError] = useState<unknown>(null);
  const [round, setRound] = useState(0);
  const chosen = choice.good >= GOOD_FRAMES ? choice.best : null;
  const isLooking = chosen === null;

  useEffect(() => {
    if (!isLooking) return;
    const ending = new AbortController();
    const { signal } = ending;
    let stream: MediaStream | undefined;
    const watch = async () => {
      stream = await openCamera(signal);
      const element = video.current;
      if (!element || signal.aborted) return;
      element.srcObject = stream;
      await element.play();
      setState('running');
      while (!signal.aborted) {
        const picture = await takePicture(element);
        if (picture) {
          const frame = { picture, look: await look(picture, signal) };
          setSeen(frame);
          setChoice((before) => choose(before, frame));
        }
        await pause(PAUSE_MS, signal);
      }
    };
    watch().catch((cause: unknown) => {
      if (signal.aborted) return;
      const refused = cause instanceof CameraRefusal;
      if (refused) setState(cause.state);
      else setError(cause);
    });
    return () => {
      ending.abort();
      stopped(stream);
    };
  }, [look, round, isLooking]);

  const again = useCallback(() => {
    setSeen(null);
    setChoice(NO_CHOICE);
    setError(null);
    setState('starting');
    setRound((before) => before + 1);
  }, []);
  return { video, state, seen, choice, chosen, error, again };
}

class CameraRefusal extends Error {
  constructor(readonly state: CameraState) {
    super(state);
  }
}

/** @throws {CameraRefusal} */
async function openCamera(signal: AbortSignal): Promise<MediaStream> {
  if (!window.isSecureContext) throw new CameraRefusal('insecure');
  try {
    const stream = await navigator.mediaDevices.getUserMedia(WANTED);
    if (signal.aborted) stopped(stream);
    return stream;
  } catch (cause) {
    const name = cause instanceof DOMException ? cause.name : '';
    if (name === 'NotAllowedError') throw new CameraRefusal('refused');
    throw new CameraRefusal(name === 'NotReadableError' ? 'busy' : 'none');
  }
}

function stopped(stream: MediaStream | undefined): void {
  for (const track of stream?.getTracks() ?? []) track.stop();
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => (clearTimeout(timer), resolve()), { once: true });
  });
}
