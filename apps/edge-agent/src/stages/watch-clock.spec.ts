import { ManualClock } from '../testing/manual-clock';
import { readableLog } from '../testing/log-lines';
import { ClockWatch } from './watch-clock';

describe('ClockWatch', () => {
  let clock: ManualClock;
  let watch: ClockWatch;
  let steps: number[];
  beforeEach(() => {
    clock = new ManualClock();
    steps = [];
    watch = new ClockWatch({ clock, log: readableLog().log, onStep: (byMs) => steps.push(byMs) });
  });

  it('tells of each step once, with its size', () => {
    clock.advance(1_000);
    watch.look();
    clock.wallAtMs += 3_600_000;
    clock.advance(1_000);
    watch.look();
    clock.wallAtMs -= 7_200_000;
    watch.look();
    watch.look();
    expect(steps).toEqual([3_600_000, -7_200_000]);
  });

  it('passes over a clock that is corrected by and by', () => {
    for (let second = 0; second < 100; second += 1) {
      clock.advance(1_000);
      clock.wallAtMs += 400;
      watch.look();
    }
    expect(steps).toEqual([]);
  });
});
