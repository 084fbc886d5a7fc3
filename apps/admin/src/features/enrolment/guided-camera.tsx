'use client';

import type { EnrolmentLook } from '@munjigi/contracts';
import { Camera, CameraOff, RotateCcw } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { Refusal } from '@/components/ui/refusal';
import { cn } from '@/lib/cn';
import { GOOD_FRAMES, type Frame } from './best-frame';
import type { Look } from './enrolment-api';
import { useGuidedCamera, type GuidedCamera as Guided } from './use-guided-camera';

interface GuidedCameraProps {
  /** The same from one drawing to the next: another one opens the camera again. */
  readonly look: Look;
  /** Told of the picture that was chosen, and of null when it is chosen anew. */
  readonly onPicture: (picture: Blob | null) => void;
}

/** A camera that says what to do for a better picture, and chooses the best of several. */
export function GuidedCamera({ look, onPicture }: GuidedCameraProps) {
  const t = useTranslations('camera');
  const camera = useGuidedCamera(look);
  const { state, chosen, error } = camera;
  useEffect(() => onPicture(chosen?.picture ?? null), [chosen, onPicture]);
  if (state !== 'starting' && state !== 'running') {
    return (
      <Notice
        icon={<CameraOff />}
        title={t(`stateTitle.${state}`)}
        className="rounded-lg border py-8"
        action={state !== 'insecure' && <Button onClick={camera.again}>{t('again')}</Button>}
      >
        {t(`stateHint.${state}`)}
      </Notice>
    );
  }
  return (
    <div className="grid gap-3">
      <div className="relative grid aspect-video place-items-center overflow-hidden rounded-lg bg-black">
        {chosen ? <Still frame={chosen} /> : <Moving camera={camera} />}
      </div>
      {error === null ? <Guidance camera={camera} /> : <Refusal error={error} />}
      {(chosen !== null || error !== null) && (
        <Button className="justify-self-start" onClick={camera.again}>
          <RotateCcw aria-hidden />
          {t('again')}
        </Button>
      )}
    </div>
  );
}

/** As in a mirror, which is how people find their place. */
function Moving({ camera: { video, seen, state } }: { readonly camera: Guided }) {
  const t = useTranslations('camera');
  return (
    <>
      <div className="relative h-full -scale-x-100">
        <video ref={video} muted playsInline aria-label={t('picture')} className="h-full" />
        {seen?.look.face && <FaceBox look={seen.look} face={seen.look.face} />}
      </div>
      <span
        aria-hidden
        className="pointer-events-none absolute h-[82%] aspect-[3/4] rounded-[50%] border-2 border-dashed border-white/45"
      />
      {state === 'starting' && (
        <span className="absolute grid place-items-center gap-2 text-sm text-white">
          <Camera aria-hidden className="size-6 animate-pulse" />
          {t('starting')}
        </span>
      )}
    </>
  );
}

function FaceBox({
  look,
  face,
}: {
  readonly look: EnrolmentLook;
  readonly face: NonNullable<EnrolmentLook['face']>;
}) {
  const { box, imageWidth, imageHeight } = face;
  const percent = (value: number, of: number) => `${(value / of) * 100}%`;
  return (
    <span
      aria-hidden
      style={{
        left: percent(box.x, imageWidth),
        top: percent(box.y, imageHeight),
        width: percent(box.width, imageWidth),
        height: percent(box.height, imageHeight),
      }}
      className={cn(
        'absolute rounded-md border-2 shadow-[0_0_0_1px_oklch(0_0_0/0.4)] transition-all duration-150',
        look.refusal === null ? 'border-over-granted' : 'border-over-caution',
      )}
    />
  );
}

function Still({ frame }: { readonly frame: Frame }) {
  const t = useTranslations('camera');
  const [url, setUrl] = useState<string | null>(null);
  useEffect(() => {
    const next = URL.createObjectURL(frame.picture);
    setUrl(next);
    return () => URL.revokeObjectURL(next);
  }, [frame]);
  return url && <img src={url} alt={t('chosen')} className="h-full -scale-x-100 object-contain" />;
}

/** What to do now, and how far it is. */
function Guidance({ camera: { seen, choice, chosen } }: { readonly camera: Guided }) {
  const t = useTranslations('camera');
  const score = chosen?.look.quality?.unifiedQualityScore;
  return (
    <div className="grid gap-1.5">
      <p role="status" className="text-sm font-medium">
        {chosen ? t('done', { score: score ?? 0 }) : <Advice look={seen?.look ?? null} />}
      </p>
      <span aria-hidden className="block h-1 overflow-hidden rounded-full bg-hover">
        <span
          className="block h-full rounded-full bg-granted transition-[width]"
          style={{ width: `${(Math.min(choice.good, GOOD_FRAMES) / GOOD_FRAMES) * 100}%` }}
        />
      </span>
    </div>
  );
}

function Advice({ look }: { readonly look: EnrolmentLook | null }) {
  const t = useTranslations('camera');
  if (look === null) return t('look');
  if (look.refusal === 'enrolment/no-face') return t('noFace');
  if (look.refusal === 'enrolment/several-faces') return t('severalFaces');
  if (look.refusal === 'enrolment/face-too-small') return t('advice.come-closer');
  const [first] = look.refusal === null ? [] : look.reasons;
  return first ? t(`advice.${first.advice}`) : t('hold');
}
