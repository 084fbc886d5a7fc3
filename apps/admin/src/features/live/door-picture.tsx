'use client';

import type { Door, TrackId } from '@munjigi/contracts';
import { Camera, CameraOff, WifiOff } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { cn } from '@/lib/cn';
import { FaceBox } from './face-box';
import { placeBox } from './overlay-geometry';
import type { TrackMemory } from './track-memory';
import { useElementSize } from './use-element-size';
import { usePicture } from './use-picture';

interface DoorPictureProps {
  readonly door: Door;
  readonly memory: TrackMemory;
  readonly onRegister: (trackId: TrackId) => void;
  /** Lies over the picture's foot. */
  readonly children?: ReactNode;
}

/** What the door's camera sees, with every face it found; or why there is nothing to see. */
export function DoorPicture({ door, memory, onRegister, children }: DoorPictureProps) {
  const t = useTranslations('live');
  const picture = usePicture(door.id, memory);
  const [areaRef, area] = useElementSize<HTMLDivElement>();
  const { frame } = picture;
  const seen = frame !== null && door.online && door.cameraFault === null;
  const current = seen && !picture.isStale;
  return (
    <div ref={areaRef} className="relative aspect-4/3 overflow-clip bg-over-ink">
      <canvas
        ref={picture.backdropRef}
        aria-hidden
        className={cn('absolute inset-0 size-full scale-110 object-cover opacity-40', !seen && 'invisible')}
      />
      <canvas
        ref={picture.canvasRef}
        role="img"
        aria-label={t('cameraAt', { door: door.name })}
        className={cn(
          'absolute inset-0 size-full object-contain transition-[filter,opacity] duration-300',
          !seen && 'invisible',
          seen && !current && 'opacity-45 grayscale',
        )}
      />
      {current &&
        area &&
        frame.faces.map((face) => {
          const placed = placeBox(face.box, frame, area);
          if (!placed) return null;
          return (
            <FaceBox
              key={face.trackId}
              face={face}
              placed={placed}
              doorName={door.name}
              onRegister={() => onRegister(face.trackId)}
            />
          );
        })}
      {current && (
        <span className="absolute top-2 right-2 rounded-sm bg-over-ink/75 px-1.5 text-2xs leading-5 font-medium text-white/90 tabular-nums">
          {t('fps', { count: Math.round(frame.framesPerSecond) })}
        </span>
      )}
      {!current && <PictureNotice door={door} paused={seen} />}
      {children}
    </div>
  );
}

/** Why no picture is shown now. */
function PictureNotice({ door, paused }: { readonly door: Door; readonly paused: boolean }) {
  const t = useTranslations('live');
  if (!door.online) return <Over icon={<WifiOff />} title={t('offline')} hint={t('offlineHint')} />;
  if (door.cameraFault) return <Over icon={<CameraOff />} title={t('cameraFault')} hint={door.cameraFault} />;
  return (
    <Over icon={<Camera className="animate-sweep" />} title={t(paused ? 'paused' : 'waiting')} hint={null} />
  );
}

function Over(props: { readonly icon: ReactNode; readonly title: string; readonly hint: string | null }) {
  return (
    <div className="absolute inset-0 grid place-content-center justify-items-center gap-1 px-8 text-center text-white">
      <span aria-hidden className="mb-1 text-white/70 [&_svg]:size-6">
        {props.icon}
      </span>
      <p className="text-sm font-medium">{props.title}</p>
      {props.hint && <p className="max-w-72 text-xs text-balance text-white/75">{props.hint}</p>}
    </div>
  );
}
