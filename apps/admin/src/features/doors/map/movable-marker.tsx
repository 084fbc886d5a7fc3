'use client';

import type { Door, FloorPlanPlace } from '@munjigi/contracts';
import { useTranslations } from 'next-intl';
import { type PointerEvent, type RefObject, useState } from 'react';
import { DoorMarker } from './door-marker';
import { inside, movedByKey } from './places';

interface MovableMarkerProps {
  readonly door: Door;
  readonly place: FloorPlanPlace;
  /** What the place is a fraction of. */
  readonly picture: RefObject<HTMLElement | null>;
  readonly onMove: (place: FloorPlanPlace) => void;
  readonly onTakeOff: () => void;
}

/** A door that is moved: dragged, or by the arrow keys; Delete takes it off the plan. */
export function MovableMarker({ door, place, picture, onMove, onTakeOff }: MovableMarkerProps) {
  const t = useTranslations('floorPlans');
  const [isHeld, setIsHeld] = useState(false);
  const follow = (event: PointerEvent) => {
    const box = picture.current?.getBoundingClientRect();
    if (!isHeld || !box) return;
    onMove({
      ...place,
      x: inside((event.clientX - box.left) / box.width),
      y: inside((event.clientY - box.top) / box.height),
    });
  };
  const percent = (fraction: number) => Math.round(100 * fraction);
  return (
    <button
      type="button"
      aria-label={t('moveDoor', { door: door.name, x: percent(place.x), y: percent(place.y) })}
      className="block touch-none cursor-grab rounded-md active:cursor-grabbing"
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        setIsHeld(true);
      }}
      onPointerMove={follow}
      onPointerUp={() => setIsHeld(false)}
      onPointerCancel={() => setIsHeld(false)}
      onKeyDown={(event) => {
        const moved = movedByKey(place, event.key, event.shiftKey);
        if (moved) onMove(moved);
        else if (event.key === 'Delete' || event.key === 'Backspace') onTakeOff();
        else return;
        event.preventDefault();
      }}
    >
      <DoorMarker door={door} isHeld={isHeld} />
    </button>
  );
}
