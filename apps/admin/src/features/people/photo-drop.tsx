'use client';

import type { EnrolledFace } from '@munjigi/contracts';
import { ImageOff, ImageUp, ScanFace } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type DragEvent, useEffect, useId, useRef, useState } from 'react';
import { cn } from '@/lib/cn';

/** What enrolment reads; the server looks at the content, not at the name. */
const ACCEPTED_TYPES = 'image/jpeg,image/png,image/webp';

interface PhotoDropProps {
  readonly photo: File | null;
  /** The face that was found on it, once it is enrolled. */
  readonly face: EnrolledFace | null;
  readonly disabled: boolean;
  readonly onPhoto: (photo: File) => void;
}

/** Takes a photo by choosing, dropping or pasting, and shows it, with the face that was found. */
export function PhotoDrop({ photo, face, disabled, onPhoto }: PhotoDropProps) {
  const t = useTranslations('photo');
  const inputId = useId();
  const input = useRef<HTMLInputElement>(null);
  const [isOver, setIsOver] = useState(false);

  useEffect(() => {
    const onPaste = (event: ClipboardEvent) => {
      const file = event.clipboardData?.files[0];
      if (file && !disabled) onPhoto(file);
    };
    document.addEventListener('paste', onPaste);
    return () => document.removeEventListener('paste', onPaste);
  }, [disabled, onPhoto]);

  const drag = (over: boolean) => (event: DragEvent) => {
    event.preventDefault();
    setIsOver(over && !disabled);
  };
  return (
    <div
      onDragOver={drag(true)}
      onDragLeave={drag(false)}
      onDrop={(event) => {
        drag(false)(event);
        const file = event.dataTransfer.files[0];
        if (file && !disabled) onPhoto(file);
      }}
      className={cn(
        'relative overflow-hidden rounded-lg border border-dashed border-line-strong bg-sunken transition-colors focus-within:outline-2 focus-within:outline-offset-2 focus-within:outline-accent',
        isOver && 'border-accent bg-accent-soft',
        photo && 'border-solid',
      )}
    >
      <input
        ref={input}
        id={inputId}
        type="file"
        accept={ACCEPTED_TYPES}
        disabled={disabled}
        className="sr-only"
        onChange={(event) => {
          const file = event.target.files?.[0];
          if (file) onPhoto(file);
          // The same file again must count as a choice.
          event.target.value = '';
        }}
      />
      <label htmlFor={inputId} className={cn('block', !disabled && 'cursor-pointer')}>
        {photo ? (
          <>
            <span className="sr-only">{t('replace')}</span>
            <PhotoPreview photo={photo} face={face} />
          </>
        ) : (
          <span className="grid justify-items-center gap-1 px-6 py-9 text-center">
            <ImageUp aria-hidden className="mb-1 size-6 text-ink-faint" />
            <span className="text-sm font-medium">{t('choose')}</span>
            <span className="text-xs text-ink-faint">{t('rules')}</span>
          </span>
        )}
      </label>
      {photo && !disabled && !face && (
        <span
          aria-hidden
          className="pointer-events-none absolute right-2 bottom-2 rounded-sm bg-over-ink/80 px-2 py-0.5 text-2xs font-medium text-white"
        >
          {t('replace')}
        </span>
      )}
    </div>
  );
}

function PhotoPreview({ photo, face }: { readonly photo: File; readonly face: EnrolledFace | null }) {
  const t = useTranslations('photo');
  const [url, setUrl] = useState<string | null>(null);
  const [unreadable, setUnreadable] = useState(false);
  useEffect(() => {
    const next = URL.createObjectURL(photo);
    setUrl(next);
    setUnreadable(false);
    return () => URL.revokeObjectURL(next);
  }, [photo]);
  if (unreadable) {
    return (
      <span className="grid justify-items-center gap-1 px-6 py-9 text-center">
        <ImageOff aria-hidden className="mb-1 size-6 text-ink-faint" />
        <span className="max-w-full truncate text-sm font-medium">{photo.name}</span>
        <span className="text-xs text-ink-faint">{t('noPreview')}</span>
      </span>
    );
  }
  return (
    <span className="grid max-h-72 place-items-center">
      <span className="relative inline-block">
        {url && (
          <img
            src={url}
            alt={t('preview')}
            className="max-h-72 max-w-full"
            onError={() => setUnreadable(true)}
          />
        )}
        {face && <FoundFace face={face} />}
      </span>
    </span>
  );
}

/** The face that enrolment found, over the photo it was found on. */
function FoundFace({ face }: { readonly face: EnrolledFace }) {
  const t = useTranslations('photo');
  const { box, imageWidth, imageHeight } = face;
  const percent = (value: number, of: number) => `${(value / of) * 100}%`;
  return (
    <span
      role="img"
      aria-label={t('found')}
      style={{
        left: percent(box.x, imageWidth),
        top: percent(box.y, imageHeight),
        width: percent(box.width, imageWidth),
        height: percent(box.height, imageHeight),
      }}
      className="absolute rounded-md border-2 border-over-granted shadow-[0_0_0_1px_oklch(0_0_0/0.4)]"
    >
      <span className="absolute top-full left-1/2 mt-1 flex h-5 -translate-x-1/2 items-center gap-1 rounded-sm bg-over-ink/85 px-1.5 text-2xs font-medium whitespace-nowrap text-white">
        <ScanFace aria-hidden className="size-3 text-over-granted" />
        {t('found')}
      </span>
    </span>
  );
}
