import type { DoorId, FloorPlanPlace } from '@munjigi/contracts';
import { inside, movedByKey, placed, withoutDoor } from './places';

const front: FloorPlanPlace = { doorId: 'front' as DoorId, x: 0.5, y: 0.01 };
const lab: FloorPlanPlace = { doorId: 'lab' as DoorId, x: 0.1, y: 0.1 };

describe('doors on a floor plan', () => {
  it.each([
    ['ArrowRight', false, { x: 0.52, y: 0.01 }],
    ['ArrowDown', true, { x: 0.5, y: 0.012 }],
    ['ArrowUp', false, { x: 0.5, y: 0 }],
  ])('are moved by %s (fine: %s), and never off the picture', (key, fine, place) =>
    expect(movedByKey(front, key, fine)).toEqual({ ...front, ...place }),
  );

  it('stay where they are with any other key', () => expect(movedByKey(front, 'a', false)).toBeNull());

  it('lie inside the picture', () => expect([-1, 0.123456, 2].map(inside)).toEqual([0, 0.1235, 1]));

  it('have one place each', () => {
    const moved = { ...front, x: 0.9 };
    expect(placed([front, lab], moved)).toEqual([moved, lab]);
    expect(placed([front], lab)).toEqual([front, lab]);
    expect(withoutDoor([front, lab], front.doorId)).toEqual([lab]);
  });
});
