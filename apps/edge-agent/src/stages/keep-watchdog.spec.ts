import { ManualClock } from '../testing/manual-clock';
import { WatchdogKeeper } from './keep-watchdog';

function keeper(patienceMs: number | null = 4_000) {
  const told: string[] = [];
  const clock = new ManualClock();
  const watchdog = new WatchdogKeeper({ supervisor: { patienceMs, tell: (word) => told.push(word) }, clock });
  return { told, clock, watchdog };
}

describe('WatchdogKeeper', () => {
  it('tells that it is ready, that frames are looked at four times within the patience, and that it stops', () => {
    const { told, clock, watchdog } = keeper();
    watchdog.ready();
    for (let frame = 0; frame < 20; frame += 1) {
      watchdog.looked();
      clock.advance(200);
    }
    watchdog.stopping();
    clock.advance(5_000);
    watchdog.looked();
    expect(told).toEqual(['ready', 'alive', 'alive', 'alive', 'alive', 'stopping']);
  });

  it('says nothing while no frame goes through, whatever else goes on', () => {
    const { told, clock, watchdog } = keeper();
    for (let second = 0; second < 10; second += 1) {
      watchdog.modeLooked();
      // A recording that begins again is no sign that anybody looks at it.
      watchdog.sign('trying');
      clock.advance(1_000);
    }
    expect(told).toEqual([]);
  });

  it('counts tries of a camera whose loss is known, and no longer once it is back', () => {
    const { told, clock, watchdog } = keeper();
    watchdog.lost(true);
    watchdog.sign('trying');
    clock.advance(5_000);
    watchdog.lost(false);
    watchdog.sign('trying');
    expect(told).toEqual(['alive']);
  });

  it('counts looks at the rules only where there is nothing to see', () => {
    const { told, clock, watchdog } = keeper();
    watchdog.sign('idle');
    watchdog.modeLooked();
    clock.advance(5_000);
    watchdog.sign('trying');
    watchdog.modeLooked();
    expect(told).toEqual(['alive']);
  });

  it('is silent where nobody watches', () => {
    const { told, watchdog } = keeper(null);
    watchdog.looked();
    expect(told).toEqual([]);
  });
});
