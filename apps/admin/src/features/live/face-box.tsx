'use client';

import type { PreviewFace } from '@munjigi/contracts';
import { Ban, Check, Ellipsis, LockKeyhole, Plus, UsersRound } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { cn } from '@/lib/cn';
import { useFormats } from '@/lib/hooks/use-formats';
import type { Placed } from './overlay-geometry';

/** Each status has a colour, a line and an icon of its own: no one of them carries the meaning alone. */
const LOOKS = {
  granted: { frame: 'border-2 border-over-granted', text: 'text-over-granted', Icon: Check },
  denied: { frame: 'border-2 border-over-denied', text: 'text-over-denied', Icon: Ban },
  unknown: { frame: 'border-2 border-dashed border-over-denied', text: 'text-over-denied', Icon: Plus },
  ambiguous: {
    frame: 'border-3 border-double border-over-caution',
    text: 'text-over-caution',
    Icon: UsersRound,
  },
  silent: {
    frame: 'border-3 border-double border-over-caution',
    text: 'text-over-caution',
    Icon: LockKeyhole,
  },
  deciding: { frame: 'border-2 border-dotted border-over-plain', text: 'text-over-plain', Icon: Ellipsis },
} as const;

const LABEL_PLACES = {
  below: 'top-full pt-1',
  above: 'bottom-full pb-1',
  inside: 'bottom-0 pb-1',
} as const;

const LABEL_EDGES = { start: 'left-0', centre: 'left-1/2 -translate-x-1/2', end: 'right-0' } as const;

interface FaceBoxProps {
  readonly face: PreviewFace;
  readonly placed: Placed;
  readonly doorName: string;
  readonly onRegister: () => void;
}

/** A face on the picture: who it is and how sure. An unknown one is a button that registers it. */
export function FaceBox({ face, placed, doorName, onRegister }: FaceBoxProps) {
  const t = useTranslations('live');
  const formats = useFormats();
  const { frame, text, Icon } = LOOKS[face.lockSilent ? 'silent' : face.status];
  const isNamed = face.status === 'granted' || face.status === 'denied';
  const known = isNamed && face.person ? face.person.name : t(`face.${face.status}`);
  const name = face.lockSilent ? t('face.lockSilent', { name: known }) : known;
  const place = {
    transform: `translate(${placed.left}px, ${placed.top}px)`,
    width: placed.width,
    height: placed.height,
  };
  const className =
    'absolute top-0 left-0 transition-[transform,width,height] duration-100 ease-linear motion-reduce:transition-none';
  const content = (
    <>
      <span className={cn('absolute inset-0 rounded-md shadow-[0_0_0_1px_oklch(0_0_0/0.35)]', frame)} />
      <span className={cn('absolute z-10', LABEL_PLACES[placed.label], LABEL_EDGES[placed.align])}>
        <span className="flex h-5 items-center gap-1 rounded-sm bg-over-ink/85 px-1.5 text-2xs font-medium whitespace-nowrap text-white">
          <Icon aria-hidden className={cn('size-3', text)} strokeWidth={2.75} />
          <span className={cn('truncate', face.lockSilent ? 'max-w-80' : 'max-w-40')}>{name}</span>
          {face.similarity !== null && (
            <span className="text-white/75 tabular-nums">{formats.similarity(face.similarity)}</span>
          )}
        </span>
      </span>
    </>
  );
  if (face.status !== 'unknown') {
    return (
      <div data-status={face.status} style={place} className={cn(className, 'pointer-events-none')}>
        {content}
      </div>
    );
  }
  return (
    <button
      type="button"
      data-status={face.status}
      aria-label={t('registerFaceAt', { door: doorName })}
      onClick={onRegister}
      style={place}
      className={cn(className, 'group rounded-md hover:bg-over-denied/15 focus-visible:outline-white')}
    >
      {content}
    </button>
  );
}
