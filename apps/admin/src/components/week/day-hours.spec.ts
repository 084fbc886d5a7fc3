import { added, addedAnywhere, hoursOf, intervalsOf, moved, resized, snapped, without } from './day-hours';

const h = (from: number, to: number) => ({ from: from * 60, to: to * 60 });
const split = [h(8, 12), h(13, 18)];

describe('the hours of a day', () => {
  it('come from the wire in order, joined, and go back as they are', () => {
    const wire = [
      { from: '13:00', to: '24:00' },
      { from: '08:15', to: '12:00' },
    ];
    expect(intervalsOf(hoursOf(wire))).toEqual([wire[1], wire[0]]);
    expect(hoursOf([...wire, { from: '11:00', to: '13:00' }])).toEqual([{ from: 495, to: 1440 }]);
  });

  it('snap to a quarter of an hour within the day', () => {
    expect([snapped(-20), snapped(52), snapped(53), snapped(2000)]).toEqual([0, 45, 60, 1440]);
  });

  it('move no further than neighbours and the ends of the day, and keep their length', () => {
    expect(moved(split, 0, 30)).toEqual([{ from: 510, to: 750 }, split[1]]);
    expect(moved(split, 0, 600)).toEqual([h(9, 13), split[1]]);
    expect(moved(split, 1, 600)).toEqual([split[0], h(19, 24)]);
    expect(moved(split, 0, -600)).toEqual([h(0, 4), split[1]]);
  });

  it('are resized no further than neighbours, and to a step at least', () => {
    expect(resized(split, 0, 'to', 15 * 60)).toEqual([h(8, 13), split[1]]);
    expect(resized(split, 1, 'from', 0)).toEqual([split[0], h(12, 18)]);
    expect(resized(split, 0, 'from', 23 * 60)).toEqual([{ from: 705, to: 720 }, split[1]]);
  });

  it('are added where there is room, cut to it', () => {
    expect(added(split, h(18, 20))).toEqual({ hours: [...split, h(18, 20)], index: 2 });
    expect(added(split, h(12, 20))).toEqual({ hours: [split[0], h(12, 13), split[1]], index: 1 });
    expect(added(split, h(5, 9), 5 * 60)).toEqual({ hours: [h(5, 8), ...split], index: 0 });
    expect(added(split, h(9, 10))).toBeNull();
  });

  it('are added at a usual time, or in the largest gap, until the day is full', () => {
    expect(addedAnywhere([])?.hours).toEqual([h(9, 18)]);
    expect(addedAnywhere(split)?.hours).toEqual([h(0, 8), ...split]);
    expect(addedAnywhere([h(0, 24)])).toBeNull();
    expect(addedAnywhere(Array.from({ length: 8 }, (_, i) => h(2 * i, 2 * i + 1)))).toBeNull();
  });

  it('can be taken away', () => {
    expect(without(split, 0)).toEqual([split[1]]);
  });
});
