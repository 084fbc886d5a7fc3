'use client';

import type { Door, FloorPlan, FloorPlanPlace } from '@munjigi/contracts';
import { ImageOff, Maximize2, ZoomIn, ZoomOut } from 'lucide-react';
import { useTranslations } from 'next-intl';
import Link from 'next/link';
import { type ReactNode, useRef, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { DoorMarker } from './door-marker';
import { MovableMarker } from './movable-marker';

const ZOOMS = [1, 1.5, 2, 3, 4, 6] as const;
const markerClasses = 'absolute -translate-x-1/2 -translate-y-4';

interface PlanViewProps {
  readonly plan: FloorPlan;
  readonly doors: readonly Door[];
  readonly places: readonly FloorPlanPlace[];
  /** Undefined: doors lead to their pages, and stay where they are. */
  readonly onMove?: ((place: FloorPlanPlace) => void) | undefined;
  readonly onTakeOff?: ((place: FloorPlanPlace) => void) | undefined;
}

/** A floor's picture with its doors; scrolled to look around, larger and smaller by buttons. */
export function PlanView({ plan, doors, places, onMove, onTakeOff }: PlanViewProps) {
  const t = useTranslations('floorPlans');
  const [zoom, setZoom] = useState(0);
  const [isMissing, setIsMissing] = useState(false);
  const picture = useRef<HTMLDivElement>(null);
  const marked = places.flatMap((place) => {
    const door = doors.find(({ id }) => id === place.doorId);
    return door ? [{ place, door }] : [];
  });
  if (isMissing)
    return (
      <Notice
        role="alert"
        icon={<ImageOff />}
        title={t('pictureMissing')}
        action={<Button onClick={() => setIsMissing(false)}>{t('again')}</Button>}
      />
    );
  return (
    <div className="relative min-h-0 flex-1">
      <div
        role="region"
        aria-label={t('pictureOf', { name: plan.name })}
        tabIndex={0}
        className="absolute inset-0 overflow-auto bg-sunken focus-visible:-outline-offset-2"
      >
        <div
          ref={picture}
          style={{ width: `${100 * (ZOOMS[zoom] ?? 1)}%`, aspectRatio: `${plan.width} / ${plan.height}` }}
          className="relative"
        >
          <img
            src={plan.imageUrl}
            alt=""
            draggable={false}
            onError={() => setIsMissing(true)}
            className="size-full select-none"
          />
          <ul>
            {marked.map(({ place, door }) => (
              <li key={door.id} className={markerClasses} style={positionOf(place)}>
                {onMove && onTakeOff ? (
                  <MovableMarker
                    door={door}
                    place={place}
                    picture={picture}
                    onMove={onMove}
                    onTakeOff={() => onTakeOff(place)}
                  />
                ) : (
                  <Link href={`/doors/${door.id}`} className="block rounded-md">
                    <DoorMarker door={door} />
                  </Link>
                )}
              </li>
            ))}
          </ul>
        </div>
      </div>
      <div role="group" aria-label={t('zoom')} className="absolute right-3 bottom-3 flex gap-1">
        <ZoomButton label={t('smaller')} disabled={zoom === 0} onClick={() => setZoom(zoom - 1)}>
          <ZoomOut aria-hidden />
        </ZoomButton>
        <ZoomButton label={t('whole')} disabled={zoom === 0} onClick={() => setZoom(0)}>
          <Maximize2 aria-hidden />
        </ZoomButton>
        <ZoomButton
          label={t('larger')}
          disabled={zoom === ZOOMS.length - 1}
          onClick={() => setZoom(zoom + 1)}
        >
          <ZoomIn aria-hidden />
        </ZoomButton>
      </div>
    </div>
  );
}

function ZoomButton(props: {
  readonly label: string;
  readonly disabled: boolean;
  readonly onClick: () => void;
  readonly children: ReactNode;
}) {
  return (
    <Button
      size="icon"
      aria-label={props.label}
      title={props.label}
      disabled={props.disabled}
      onClick={props.onClick}
    >
      {props.children}
    </Button>
  );
}

const positionOf = ({ x, y }: FloorPlanPlace) => ({ left: `${100 * x}%`, top: `${100 * y}%` });
