import { clearSignal, raiseSignal, runsOf, signalsOf } from './alarm-signals';

const at = new Date('2026-10-01T09:00:00Z');
const happened = (kind: Parameters<typeof signalsOf>[0]['kind'], details = {}) =>
  signalsOf({ doorId: 'd', kind, occurredAt: at.toISOString(), details });

describe('alarm signals', () => {
  it('follow from what is wrong with a door, and from its end', () => {
    expect(happened('door-forced')).toMatchObject([
      { type: 'raise', key: 'door-forced/d', severity: 'critical', doorId: 'd', at },
    ]);
    expect(happened('camera-fault', { fault: 'dark' })).toMatchObject([
      { kind: 'camera-fault', details: { fault: 'dark' } },
    ]);
    expect(happened('hardware-fault', { fault: 'gone' })).toMatchObject([
      { kind: 'hardware-fault', severity: 'high', details: { fault: 'gone' } },
    ]);
    expect(happened('hardware-restored')).toEqual([{ type: 'clear', key: 'hardware-fault/d', at }]);
    expect(happened('door-closed')).toEqual([
      { type: 'clear', key: 'door-forced/d', at },
      { type: 'clear', key: 'door-held-open/d', at },
    ]);
    expect(happened('agent-online')).toMatchObject([{ type: 'clear', key: 'agent-offline/d' }]);
  });

  it.each(['rex', 'lockdown-on', 'override', 'agent-offline'] as const)('do not follow from %s', (kind) =>
    expect(happened(kind)).toEqual([]),
  );

  it('follow from a step of the clock of a minute or more, forward or back', () => {
    expect(happened('clock-stepped', { byMs: 59_000 })).toEqual([]);
    for (const byMs of [-60_000, 3_600_000])
      expect(happened('clock-stepped', { byMs })).toMatchObject([
        { kind: 'clock-stepped', details: { byMs } },
      ]);
  });

  it('run in their order, each key once a run', () => {
    const raise = raiseSignal('door-forced', { doorId: 'd' }, at);
    const other = raiseSignal('tamper', { doorId: 'd' }, at);
    const clear = clearSignal('door-forced', 'd', at);
    expect(runsOf([])).toEqual([]);
    expect(runsOf([raise, other, raise, clear, clear, raise])).toEqual([[raise, other], [clear], [raise]]);
  });
});
