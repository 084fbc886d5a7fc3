import { doorStateSchema, type DeviceHealth } from '@munjigi/contracts';
import { goldenMessage } from '@munjigi/contracts/testing';
import { gibOf, worriesOf } from './health-text';

const { health } = doorStateSchema.parse(goldenMessage('doorStateWithHealth'));

describe('what of a device’s health to look at', () => {
  it.each([
    [[], {}],
    [['warm'], { temperatureC: 85 }],
    [['disk'], { disk: { freeBytes: 9, totalBytes: 100 } }],
    [['warm', 'disk'], { temperatureC: 90, disk: { freeBytes: 0, totalBytes: 100 } }],
    [[], { temperatureC: null, disk: null }],
  ] as const)('is %j for %j', (worries, changes) =>
    expect(worriesOf({ ...(health as DeviceHealth), ...changes })).toEqual(worries),
  );

  it('writes bytes in GiB, finer where there are few', () => {
    expect([1.26, 9.96, 31.7].map((gib) => gibOf(gib * 1024 ** 3))).toEqual([1.3, 10, 32]);
  });
});
