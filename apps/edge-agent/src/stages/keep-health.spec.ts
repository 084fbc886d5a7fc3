import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deviceHealthSchema } from '@munjigi/contracts';
import { temporaryDirectories } from '../testing/temp-directory';
import { HealthKeeper } from './keep-health';

const newDirectory = temporaryDirectories();
const work = { framesPerSecond: 12.4, framesDropped: 3, lookMs: 48, eventsWaiting: 2, decoder: null };

function keeper(zones: Record<string, string>, dataDirectory = newDirectory()) {
  const thermalZones = newDirectory();
  for (const [zone, temp] of Object.entries(zones)) {
    mkdirSync(join(thermalZones, zone));
    writeFileSync(join(thermalZones, zone, 'temp'), temp);
  }
  const onMeasured = jest.fn();
  const made = new HealthKeeper({ work: () => work, dataDirectory, onMeasured, thermalZones });
  return { made, onMeasured };
}

describe('how a door’s computer does', () => {
  it('is measured with the warmest part, and told', async () => {
    const { made, onMeasured } = keeper({
      thermal_zone0: '41500\n',
      thermal_zone1: '67000\n',
      // A sensor that is off, and one that is broken.
      ...{ thermal_zone2: '', thermal_zone3: '-274000\n' },
      cooling_device0: '99000\n',
    });
    expect(made.last).toBeNull();
    await made.measure();
    expect(deviceHealthSchema.parse(made.last)).toMatchObject({ ...work, temperatureC: 67 });
    expect(made.last?.disk?.freeBytes).toBeGreaterThan(0);
    expect(onMeasured).toHaveBeenCalledTimes(1);
  });

  it('leaves out what cannot be asked', async () => {
    const { made } = keeper({}, '/nowhere/at/all');
    await made.measure();
    expect(deviceHealthSchema.parse(made.last)).toMatchObject({ temperatureC: null, disk: null });
  });
});
