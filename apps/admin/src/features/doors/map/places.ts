import type { DoorId, FloorPlanPlace } from '@munjigi/contracts';

/** How far an arrow key moves a door, and how far with Shift, as fractions of the picture. */
export const STEP = { coarse: 0.02, fine: 0.002 } as const;

const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** A fraction inside the picture, to a ten-thousandth. */
export function inside(fraction: number): number {
  return Math.round(Math.min(1, Math.max(0, fraction)) * 10_000) / 10_000;
}

/** The place that a key leads to; null for keys that move nothing. */
export function movedByKey(place: FloorPlanPlace, key: string, fine: boolean): FloorPlanPlace | null {
  const arrow = ARROWS[key];
  if (!arrow) return null;
  const step = fine ? STEP.fine : STEP.coarse;
  return { ...place, x: inside(place.x + arrow[0] * step), y: inside(place.y + arrow[1] * step) };
}

/** The places with one in the stead of the door's last one, or added. */
export function placed(places: readonly FloorPlanPlace[], place: FloorPlanPlace): FloorPlanPlace[] {
  const known = places.some(({ doorId }) => doorId === place.doorId);
  return known ? places.map((each) => (each.doorId === place.doorId ? place : each)) : [...places, place];
}

/** The places without a door's. */
export function withoutDoor(places: readonly FloorPlanPlace[], doorId: DoorId): FloorPlanPlace[] {
  return places.filter((place) => place.doorId !== doorId);
}
