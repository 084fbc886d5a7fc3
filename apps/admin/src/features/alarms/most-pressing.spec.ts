import type { Alarm } from '@munjigi/contracts';
import { mostPressing } from './most-pressing';

const alarm = (severity: Alarm['severity'], raisedAt: string) => ({ severity, raisedAt }) as Alarm;

describe('mostPressing', () => {
  it('is the worst alarm, and of equals the newest', () => {
    const old = alarm('high', '2026-10-01T09:00:00.000Z');
    const fresh = alarm('high', '2026-10-01T10:00:00.000Z');
    const newestOfAll = alarm('low', '2026-10-01T11:00:00.000Z');
    expect(mostPressing([newestOfAll, old, fresh])).toBe(fresh);
    expect(mostPressing([fresh, alarm('critical', old.raisedAt)])?.severity).toBe('critical');
  });

  it('is none where there are none', () => {
    expect(mostPressing([])).toBeUndefined();
  });
});
