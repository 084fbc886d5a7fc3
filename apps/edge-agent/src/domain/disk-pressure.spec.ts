import { diskPressure } from './disk-pressure';

const LOW = 1000;
const at = (freeBytes: number, before: 'ok' | 'low' | 'full' = 'ok', wasRefused = false) =>
  diskPressure({ freeBytes, wasRefused }, LOW, before);

describe('the pressure on a disk', () => {
  it('raises the alarm before anything has to go', () => {
    expect(at(1000)).toEqual({ level: 'ok', picturesBytes: 0, telemetryBytes: 0, isAmple: false });
    expect(at(999)).toEqual({ level: 'low', picturesBytes: 0, telemetryBytes: 0, isAmple: false });
  });

  it('takes pictures first, then telemetry', () => {
    expect(at(500)).toMatchObject({ picturesBytes: 0, telemetryBytes: 0 });
    expect(at(400)).toMatchObject({ picturesBytes: 100, telemetryBytes: 0 });
    expect(at(100)).toMatchObject({ picturesBytes: 400, telemetryBytes: 150 });
  });

  it('is over only when there is clearly more room', () => {
    expect(at(1100, 'low').level).toBe('low');
    expect(at(1250, 'low')).toMatchObject({ level: 'ok', isAmple: true });
  });

  it('is full once something was refused, until it is over', () => {
    expect(at(0, 'low', true).level).toBe('full');
    expect(at(1249, 'full', true).level).toBe('full');
    expect(at(1250, 'full', true).level).toBe('ok');
  });
});
