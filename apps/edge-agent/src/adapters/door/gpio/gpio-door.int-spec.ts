import { spawn } from 'node:child_process';
import { GpioTools } from '../../../testing/gpio-tools';
import { readableLog } from '../../../testing/log-lines';
import { RecordingSink } from '../../../testing/recording-sink';
import { temporaryDirectories } from '../../../testing/temp-directory';
import { until } from '../../../testing/until';
import { gpioConfigSchema } from '../hardware-config';
import { guardScript, holdCommand, releaseCommand } from './gpio-commands';
import { GpioDoor } from './gpio-door';

const RELAY = 17;
const newDirectory = temporaryDirectories();
const doors: GpioDoor[] = [];
afterEach(async () => {
  for (const door of doors.splice(0)) await door.close();
});

const NEVER_MS = 3_600_000;

function open(generation: 1 | 2, { isMissing = false, firstRereadMs = NEVER_MS } = {}) {
  const tools = new GpioTools(newDirectory(), generation);
  tools.read('1 0');
  if (isMissing) tools.remove();
  const config = gpioConfigSchema.parse({
    ...{ kind: 'gpio', chip: 'gpiochip0', relay: { line: RELAY }, warning: { line: 18 } },
    inputs: { position: { line: 22 }, tamper: { line: 23, closedWhen: 'high' } },
  });
  const rereadMs = { first: firstRereadMs, next: NEVER_MS };
  const door = new GpioDoor({ config, log: readableLog().log, searchPath: tools.searchPath, rereadMs });
  const sink = new RecordingSink();
  doors.push(door);
  door.start(sink);
  return { door, tools, sink };
}

describe.each([1, 2] as const)('GpioDoor, with tools of libgpiod %s', (generation) => {
  it('holds its relay while it is energised, and sets it inactive after that', async () => {
    const { door, tools, sink } = open(generation);
    await until(() => sink.faults.length > 0);
    expect(tools.valueOf(RELAY)).toBe('0');
    await door.setRelay('energised');
    expect(tools.valueOf(RELAY)).toBe('1');
    expect(tools.holderOf(RELAY)).not.toBeNull();
    await door.setRelay('released');
    expect(tools.valueOf(RELAY)).toBe('0');
    await door.warn(true);
    expect(tools.valueOf(18)).toBe('1');
    await door.close();
    expect(tools.valueOf(18)).toBe('0');
    expect(sink).toMatchObject({ faults: [null], losses: [] });
  });

  it('reads its inputs and every edge, tells that they are lost, and reads them again', async () => {
    const { tools, sink } = open(generation);
    await until(() => tools.watcher !== null);
    expect(sink.contacts.splice(0)).toEqual([
      ['position', false],
      ['tamper', false],
    ]);
    tools.print(generation === 1 ? '22 0\n23 1\nnonsense\n' : '22 2\n23 1\nnonsense\n');
    await until(() => sink.contacts.length === 2);
    expect(sink.contacts.splice(0)).toEqual([
      ['position', true],
      ['tamper', true],
    ]);
    process.kill(tools.watcher!, 'SIGKILL');
    await until(() => sink.contacts.length === 4);
    expect(sink.contacts).toEqual([
      ['position', null],
      ['tamper', null],
      ['position', false],
      ['tamper', false],
    ]);
    expect(sink.faults).toEqual([null, expect.stringMatching(/gpiomon ended/), null]);
  });

  it('notices soon what changed while nobody watched, and takes reading again for no fault', async () => {
    const { tools, sink } = open(generation, { firstRereadMs: 300 });
    await until(() => sink.contacts.length === 2);
    tools.read('0 0');
    await until(() => sink.contacts.length === 4);
    expect(sink.contacts.slice(2)).toEqual([
      ['position', true],
      ['tamper', false],
    ]);
    expect(sink.faults).toEqual([null, null]);
  });
});

describe('GpioDoor', () => {
  it('does not say that it unlocked when another program has the line, and unlocks once it is free', async () => {
    const { door, tools, sink } = open(2);
    await until(() => sink.faults.length > 0);
    tools.occupy(RELAY, true);
    await expect(door.setRelay('energised')).rejects.toThrow('line 17 of gpiochip0 cannot be held');
    tools.occupy(RELAY, false);
    await door.setRelay('energised');
    expect(tools.valueOf(RELAY)).toBe('1');
  });

  it('tells when its line is taken away', async () => {
    const { door, tools, sink } = open(2);
    await until(() => sink.faults.length > 0);
    await door.setRelay('energised');
    process.kill(tools.holderOf(RELAY)!, 'SIGKILL');
    await until(() => sink.losses.length === 1);
    await until(() => tools.valueOf(RELAY) === '0');
    await door.setRelay('energised');
    expect(tools.valueOf(RELAY)).toBe('1');
  });

  it('says what is missing where the tools are not installed', async () => {
    const { door, sink } = open(2, { isMissing: true });
    await until(() => sink.faults.length > 0);
    expect(sink.faults[0]).toMatch(/gpioset/);
    await expect(door.setRelay('energised')).rejects.toThrow();
  });

  it('locks when the program that unlocked it is killed', async () => {
    const tools = new GpioTools(newDirectory(), 2);
    const output = { line: RELAY, activeLow: false };
    const [hold, release] = [holdCommand(2, 'gpiochip0', output), releaseCommand(2, 'gpiochip0', output)];
    const program = `require('node:child_process').spawn('/bin/sh', ['-c', process.argv[1]],
      { stdio: ['pipe', 'ignore', 'ignore'], detached: true }); setInterval(() => undefined, 1000);`;
    const owner = spawn(process.execPath, ['-e', program, guardScript(hold, release)], {
      env: { PATH: tools.searchPath },
    });
    await until(() => tools.holderOf(RELAY) !== null);
    expect(tools.valueOf(RELAY)).toBe('1');
    owner.kill('SIGKILL');
    await until(() => tools.valueOf(RELAY) === '0');
  });
});
