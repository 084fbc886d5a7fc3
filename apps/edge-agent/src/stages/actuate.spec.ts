import { doorSettingsSchema, type DoorSettings } from '@munjigi/contracts';
import { systemClock } from '../adapters/clock/system-clock';
import { MemoryDoor } from '../adapters/door/memory-door';
import { SimulatedDoor } from '../adapters/door/simulated-door';
import { readableLog } from '../testing/log-lines';
import { until } from '../testing/until';
import { DoorActuator, type DoorHappening } from './actuate';

const WIRED = { position: 'normally-closed', rex: 'normally-open' } as const;

function door(changes: object = {}) {
  const hardware = new MemoryDoor();
  const locks: string[] = [];
  const happened: DoorHappening[] = [];
  const { log, lines } = readableLog();
  const current: { settings: DoorSettings } = {
    settings: doorSettingsSchema.parse({ inputs: WIRED, inputDebounceMs: 0, ...changes }),
  };
  const actuator: DoorActuator = new DoorActuator({
    ...{ hardware, clock: systemClock, log, settings: () => current.settings },
    onChange: () => locks.push(actuator.lock),
    onHappening: (happening) => happened.push(happening),
  });
  actuator.start();
  const grant = (unlockMs: number, eventId?: string) =>
    actuator.unlock({ unlockMs, by: 'person', ...(eventId ? { eventId } : {}) });
  return { hardware, locks, lines, actuator, happened, grant, current };
}

describe('DoorActuator', () => {
  it('energises on a grant, and releases in time', async () => {
    const { hardware, locks, actuator, grant } = door();
    const beganMs = systemClock.monotonicMs();
    expect(grant(60)).toBe(true);
    await expect(actuator.hasUnlocked()).resolves.toBe(true);
    expect(actuator.lock).toBe('unlocked');
    await until(() => hardware.moves.length === 2);
    expect(systemClock.monotonicMs() - beganMs).toBeGreaterThanOrEqual(60);
    expect(hardware.moves).toEqual(['energised', 'released']);
    expect(locks).toEqual(['unlocked', 'locked']);
    await actuator.close();
  });

  it('holds on through a second grant without moving the relay', async () => {
    const { hardware, actuator, grant } = door();
    grant(40);
    grant(120);
    const beganMs = systemClock.monotonicMs();
    await until(() => hardware.moves.length === 2);
    expect(systemClock.monotonicMs() - beganMs).toBeGreaterThanOrEqual(115);
    await actuator.close();
  });

  it('locks when it is closed, and opens no more', async () => {
    const { hardware, actuator, grant } = door();
    grant(60_000);
    await actuator.close();
    expect(grant(60_000)).toBe(false);
    expect(hardware.moves).toEqual(['energised', 'released']);
    expect(actuator.lock).toBe('locked');
  });

  it('tries a relay that would not release again until it does, and tells of the fault', async () => {
    const { hardware, lines, actuator, grant, happened } = door();
    grant(20);
    await until(() => hardware.moves.length === 1);
    hardware.isBroken = true;
    await until(() => lines.some(({ msg }) => msg === 'relay did not move'));
    expect(actuator.condition.hardwareFault).toMatch(/The lock does not answer/);
    hardware.isBroken = false;
    await until(() => hardware.moves.length === 2);
    await until(() => actuator.condition.hardwareFault === null);
    expect(hardware.moves).toEqual(['energised', 'released']);
    expect(happened.map(({ kind }) => kind)).toEqual(['hardware-fault', 'hardware-restored']);
    await actuator.close();
  });

  it('never counts as unlocked while its relay does not answer, and unlocks when it does', async () => {
    const { hardware, locks, actuator, grant, happened } = door();
    hardware.isBroken = true;
    grant(60_000);
    await expect(actuator.hasUnlocked()).resolves.toBe(false);
    expect(actuator.condition).toMatchObject({ standing: 'locked' });
    expect(actuator.condition.hardwareFault).toMatch(/The relay does not answer/);
    expect(locks).toEqual(['locked']);
    hardware.isBroken = false;
    await until(() => actuator.lock === 'unlocked');
    expect(actuator.condition).toMatchObject({ standing: 'accessed', hardwareFault: null });
    expect(happened.map(({ kind }) => kind)).toEqual(['hardware-fault', 'hardware-restored']);
    await actuator.close();
  });

  it('moves a relay again that fell by itself, and only while it should be energised', async () => {
    const { hardware, actuator, grant } = door();
    hardware.fall();
    expect(actuator.condition.hardwareFault).toBeNull();
    grant(60_000);
    await actuator.hasUnlocked();
    hardware.fall();
    expect(actuator.lock).toBe('locked');
    expect(actuator.condition.hardwareFault).toMatch(/The relay fell/);
    await until(() => actuator.condition.hardwareFault === null);
    expect(hardware.moves).toEqual(['energised', 'energised']);
    await actuator.close();
  });

  it('tells of wires that are reached when it starts, which ends what an earlier run told of', async () => {
    const { hardware, actuator, happened } = door();
    hardware.fault(null);
    hardware.fault(null);
    expect(happened.map(({ kind }) => kind)).toEqual(['hardware-restored']);
    await actuator.close();
  });

  it('relocks behind who was let in, and tells who came through', async () => {
    const { hardware, actuator, happened, grant } = door();
    hardware.contact('position', true);
    grant(60_000, 'visit');
    hardware.contact('position', false);
    await actuator.hasUnlocked();
    expect(actuator.condition).toMatchObject({ standing: 'accessed', position: 'open', alarm: 'normal' });
    hardware.contact('position', true);
    await until(() => hardware.moves.length === 2);
    expect(happened).toEqual([{ kind: 'door-closed' }, { kind: 'access-taken', eventId: 'visit' }]);
    await actuator.close();
  });

  it('knows force from an exit that was asked for, by the wiring of its contacts', async () => {
    const { hardware, actuator, happened } = door({ rexUnlockMs: 0 });
    hardware.contact('position', true);
    hardware.contact('rex', false);
    hardware.contact('rex', true);
    hardware.contact('position', false);
    hardware.contact('position', true);
    hardware.contact('position', false);
    expect(hardware.moves).toEqual([]);
    expect(happened.map(({ kind }) => kind)).toEqual(['door-closed', 'rex', 'door-forced']);
    expect(actuator.condition.alarm).toBe('door-forced-open');
    await actuator.close();
  });

  it('warns at the door, then tells that it is held open', async () => {
    const { hardware, actuator, happened } = door({ heldOpenMs: 1_000, heldOpenWarningMs: 980 });
    hardware.contact('position', false);
    await until(() => happened.length === 2);
    expect(happened.map(({ kind }) => kind)).toEqual(['door-held-open-soon', 'door-held-open']);
    expect(hardware.warnings).toEqual([true, false]);
    expect(actuator.condition).toMatchObject({ alarm: 'door-open-too-long', warning: false });
    await actuator.close();
  });

  it('counts a contact once it holds still, and reads it anew when the wiring is said to be another', async () => {
    const { hardware, actuator, happened, current } = door({ inputDebounceMs: 40 });
    hardware.contact('position', true);
    for (const isClosed of [false, true, false, true]) hardware.contact('position', isClosed);
    hardware.contact('rex', false);
    hardware.contact('rex', true);
    await until(() => happened.length === 2);
    expect(happened.map(({ kind }) => kind)).toEqual(['door-closed', 'rex']);
    current.settings = { ...current.settings, inputs: { ...current.settings.inputs, position: null } };
    actuator.settingsChanged();
    expect(actuator.condition.position).toBe('unknown');
    await actuator.close();
  });
});

describe('SimulatedDoor', () => {
  it('logs each move of its relay', async () => {
    const { log, lines } = readableLog();
    const hardware = new SimulatedDoor({ log });
    await hardware.setRelay('energised');
    await hardware.setRelay('released');
    await hardware.close();
    expect(lines.map(({ msg, relay }) => [msg, relay])).toEqual([
      ['relay moved', 'energised'],
      ['relay moved', 'released'],
    ]);
  });
});
