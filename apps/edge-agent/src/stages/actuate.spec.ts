import { systemClock } from '../adapters/clock/system-clock';
import { MemoryDoor } from '../adapters/door/memory-door';
import { SimulatedDoor } from '../adapters/door/simulated-door';
import { readableLog } from '../testing/log-lines';
import { until } from '../testing/until';
import { DoorActuator } from './actuate';

function door() {
  const hardware = new MemoryDoor();
  const locks: string[] = [];
  const { log, lines } = readableLog();
  const actuator = new DoorActuator({
    hardware,
    clock: systemClock,
    log,
    onLock: (lock) => locks.push(lock),
  });
  return { hardware, locks, lines, actuator };
}

describe('DoorActuator', () => {
  it('energises on a grant, and releases in time', async () => {
    const { hardware, locks, actuator } = door();
    const beganMs = systemClock.monotonicMs();
    actuator.grant(60);
    expect(actuator.lock).toBe('unlocked');
    await until(() => hardware.moves.length === 2);
    expect(systemClock.monotonicMs() - beganMs).toBeGreaterThanOrEqual(60);
    expect(hardware.moves).toEqual(['energised', 'released']);
    expect(locks).toEqual(['unlocked', 'locked']);
    await actuator.close();
  });

  it('holds on through a second grant without moving the relay', async () => {
    const { hardware, actuator } = door();
    actuator.grant(40);
    actuator.grant(120);
    const beganMs = systemClock.monotonicMs();
    await until(() => hardware.moves.length === 2);
    expect(systemClock.monotonicMs() - beganMs).toBeGreaterThanOrEqual(115);
    await actuator.close();
  });

  it('locks when it is closed, and opens no more', async () => {
    const { hardware, actuator } = door();
    actuator.grant(60_000);
    await actuator.close();
    actuator.grant(60_000);
    expect(hardware.moves).toEqual(['energised', 'released']);
    expect(actuator.lock).toBe('locked');
  });

  it('tries a relay that would not release again until it does', async () => {
    const { hardware, lines, actuator } = door();
    actuator.grant(20);
    await until(() => hardware.moves.length === 1);
    hardware.isBroken = true;
    await until(() => lines.some(({ msg }) => msg === 'relay did not move'));
    hardware.isBroken = false;
    await until(() => hardware.moves.length === 2);
    expect(hardware.moves).toEqual(['energised', 'released']);
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
