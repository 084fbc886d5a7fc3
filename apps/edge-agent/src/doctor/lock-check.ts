import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { promisify } from 'node:util';
import { generationOf } from '../adapters/door/gpio/gpio-commands';
import type { DoorHardwareConfig } from '../adapters/door/hardware-config';
import { messageOf } from '../domain/agent-error';
import { fail, ok, warn, type Check, type Finding } from './finding';

const run = promisify(execFile);
const LIMIT_MS = 5_000;
const PORTS: Readonly<Record<string, number>> = {
  ...{ 'http:': 80, 'https:': 443, 'mqtt:': 1883, 'mqtts:': 8883, 'ws:': 80, 'wss:': 443 },
};

/** The way to the lock, as far as it can be tried without moving it: tools, or the address. */
export function lockCheck(door: DoorHardwareConfig, searchPath: string): Check {
  return {
    name: 'lock',
    run: () => {
      switch (door.kind) {
        case 'simulated':
          return Promise.resolve(
            warn('simulated', 'Set MUNJIGI_DOOR_FILE: docs/operations.md has an example of each kind.'),
          );
        case 'gpio':
          return toolsFinding(door.chip, searchPath);
        case 'http':
          return addressFinding(new URL(door.unlock.url));
        case 'mqtt':
          return addressFinding(new URL(door.url));
      }
    },
  };
}

async function toolsFinding(chip: string, searchPath: string): Promise<Finding> {
  try {
    const env = { PATH: searchPath };
    const { stdout } = await run('gpioset', ['--version'], { env, timeout: LIMIT_MS });
    const generation = generationOf(stdout);
    await run('gpioinfo', generation === 1 ? [chip] : ['--chip', chip], { env, timeout: LIMIT_MS });
    return ok(`${chip}, libgpiod ${generation}`);
  } catch (error) {
    const advice = 'Install gpiod, put this user into the group gpio, and name a chip that gpiodetect lists.';
    return fail(messageOf(error).split('\n')[0] ?? '', advice);
  }
}

async function addressFinding({ protocol, hostname, port }: URL): Promise<Finding> {
  const where = `${hostname}:${port === '' ? PORTS[protocol] : port}`;
  const socket = connect({ host: hostname.replace(/^\[|\]$/g, ''), port: Number(port) || PORTS[protocol]! });
  try {
    await once(socket, 'connect', { signal: AbortSignal.timeout(LIMIT_MS) });
    return ok(`${where} answers`);
  } catch (error) {
    return fail(
      `${where} does not answer. ${messageOf(error)}`,
      'Look at the relay’s or broker’s power, network and address in MUNJIGI_DOOR_FILE.',
    );
  } finally {
    socket.destroy();
  }
}
