import { constants } from 'node:fs';
import { access, mkdir, readdir, readFile, stat, statfs } from 'node:fs/promises';
import { arch, availableParallelism, freemem, totalmem } from 'node:os';
import { join } from 'node:path';
import { messageOf } from '../domain/agent-error';
import { fail, ok, warn, type Check } from './finding';

const MIB = 1024 ** 2;
/** Room for a week of events of a busy door, and for the log. */
const DISK_FREE_MIN_MIB = 512;
/** A door with 10,000 people takes some 350. */
const MEMORY_FREE_MIN_MIB = 400;
/** From about here on a Jetson lowers its clock. */
const WARM_FROM_C = 85;
const GLIBC_MIN = [2, 29] as const;
const NODE_MIN = [20, 19] as const;

/** Processor, system libraries and Node. */
export const systemCheck: Check = {
  name: 'system',
  run: () => {
    const report = process.report.getReport() as { header?: { glibcVersionRuntime?: string } };
    const glibc = report.header?.glibcVersionRuntime;
    const found = `${arch()}, ${availableParallelism()} cores, Node ${process.versions.node}, glibc ${glibc ?? 'none'}`;
    if (arch() !== 'x64' && arch() !== 'arm64')
      return Promise.resolve(fail(found, 'A door needs an x86-64 or arm64 machine.'));
    if (isOlder(process.versions.node, NODE_MIN))
      return Promise.resolve(fail(found, `Install Node ${NODE_MIN.join('.')} or newer.`));
    if (glibc !== undefined && isOlder(glibc, GLIBC_MIN))
      return Promise.resolve(
        fail(found, 'Run the door in the container of deploy/jetson: this system is too old.'),
      );
    return Promise.resolve(ok(found));
  },
};

/** Memory that is free now. */
export const memoryCheck: Check = {
  name: 'memory',
  run: async () => {
    const available = /^MemAvailable:\s+(\d+)/m.exec(
      await readFile('/proc/meminfo', 'utf8').catch(() => ''),
    )?.[1];
    const freeMib = Math.floor(available ? Number(available) / 1024 : freemem() / MIB);
    const found = `${freeMib} MiB free of ${Math.floor(totalmem() / MIB)}`;
    return freeMib >= MEMORY_FREE_MIN_MIB
      ? ok(found)
      : warn(found, 'Stop what else runs here; without a desktop a Jetson has some 700 MiB more.');
  },
};

/** How warm the machine is, where it tells. */
export const temperatureCheck: Check = {
  name: 'temperature',
  run: async () => {
    const zones = await readdir('/sys/class/thermal').catch((): string[] => []);
    const texts = await Promise.all(
      zones
        .filter((zone) => zone.startsWith('thermal_zone'))
        .map((zone) => readFile(join('/sys/class/thermal', zone, 'temp'), 'utf8').catch(() => '')),
    );
    const degrees = texts.filter((text) => text.trim() !== '').map((text) => Number(text) / 1000);
    if (degrees.length === 0) return ok('the machine does not tell');
    const highest = Math.max(...degrees);
    const found = `${highest.toFixed(0)} °C at the warmest`;
    return highest < WARM_FROM_C ? ok(found) : warn(found, 'Give the cabinet air, or lower the power mode.');
  },
};

/** The agent's own folder: that it can be written, that nobody else reads it, that there is room. */
export function dataFolderCheck(directory: string): Check {
  return {
    name: 'data folder',
    run: async () => {
      try {
        await mkdir(directory, { recursive: true, mode: 0o700 });
        await access(directory, constants.R_OK | constants.W_OK | constants.X_OK);
      } catch (error) {
        return fail(
          messageOf(error),
          `Give this user the folder, or set MUNJIGI_DATA: chown munjigi ${directory}`,
        );
      }
      const { mode } = await stat(directory);
      const { bavail, bsize } = await statfs(directory);
      const freeMib = Math.floor((Number(bavail) * Number(bsize)) / MIB);
      const found = `${directory}, ${freeMib} MiB free`;
      if (freeMib < DISK_FREE_MIN_MIB)
        return warn(found, `Make room: ${DISK_FREE_MIN_MIB} MiB hold a week without a server.`);
      if ((mode & 0o077) !== 0) return warn(`${found}, open to others`, `chmod 700 ${directory}`);
      return ok(found);
    },
  };
}

/** Relay and inputs: a character device that this user may open. */
export function linesCheck(devices = '/dev'): Check {
  return {
    name: 'relay lines',
    run: async () => {
      const chips = (await readdir(devices)).filter((name) => /^gpiochip\d+$/.test(name)).sort();
      if (chips.length === 0)
        return warn('no GPIO here', 'A relay on lines needs them; one behind HTTP or MQTT does not.');
      const refused: string[] = [];
      for (const chip of chips) {
        await access(join(devices, chip), constants.R_OK | constants.W_OK).catch(() => refused.push(chip));
      }
      return refused.length === 0
        ? ok(chips.join(', '))
        : fail(
            `${refused.join(', ')} may not be opened`,
            'Put this user into the group gpio: deploy/jetson/install.sh does.',
          );
    },
  };
}

function isOlder(version: string, [major, minor]: readonly [number, number]): boolean {
  const [first = 0, second = 0] = version.split('.').map(Number);
  return first < major || (first === major && second < minor);
}
