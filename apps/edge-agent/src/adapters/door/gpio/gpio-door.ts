import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { AgentError, messageOf } from '../../../domain/agent-error';
import { Backoff } from '../../../domain/backoff';
import type { DoorHardware, DoorHardwareSink, DoorInputName } from '../../../ports/door-hardware';
import type { GpioConfig } from '../hardware-config';
import {
  generationOf,
  guardScript,
  holdCommand,
  infoCommand,
  isHeldBySetter,
  readCommand,
  readEdge,
  releaseCommand,
  watchCommand,
  type GpioGeneration,
} from './gpio-commands';
import { HeldLine } from './held-line';
import { runTool } from './run-tool';

type Input = readonly [DoorInputName, { readonly line: number; readonly closedWhen: 'low' | 'high' }];

/** An edge between a reading and the watching that follows is not told of: a reading soon after makes it good, ms. */
const FIRST_REREAD_MS = 2_000;
/** So does one from time to time, for each reading has such a moment after it, ms. */
const REREAD_MS = 60_000;

/** What a door on GPIO lines works with. */
export interface GpioDoorOptions {
  readonly config: GpioConfig;
  readonly log: Logger;
  /** PATH that libgpiod's tools are looked for in. */
  readonly searchPath: string;
  /** How long inputs are watched until they are read again. Default 2 s, then a minute. */
  readonly rereadMs?: { readonly first: number; readonly next: number };
}

/**
 * A door on lines of this machine's GPIO character device, through libgpiod's own tools of either generation. While the
 * door is unlocked a small guard process holds the relay's line, and sets it inactive when the agent ends, however.
 */
export class GpioDoor implements DoorHardware {
  readonly #config: GpioConfig;
  readonly #log: Logger;
  readonly #environment: NodeJS.ProcessEnv;
  readonly #stopping = new AbortController();
  readonly #inputs: readonly Input[];
  readonly #rereadMs: { readonly first: number; readonly next: number };
  #isReread = false;
  #generation: GpioGeneration | null = null;
  #sink: DoorHardwareSink | null = null;
  #relay: HeldLine | null = null;
  #warning: HeldLine | null = null;
  /** Whether the relay's owner has moved it: from then on nobody else does. */
  #isMoved = false;
  #watching: Promise<void> = Promise.resolve();

  constructor({ config, log, searchPath, rereadMs }: GpioDoorOptions) {
    this.#rereadMs = rereadMs ?? { first: FIRST_REREAD_MS, next: REREAD_MS };
    this.#config = config;
    this.#log = log;
    this.#environment = { PATH: searchPath };
    this.#inputs = Object.entries(config.inputs) as unknown as Input[];
  }

  start(sink: DoorHardwareSink): void {
    this.#sink = sink;
    this.#watching = this.#watch(sink);
  }

  async setRelay(position: 'energised' | 'released'): Promise<void> {
    this.#isMoved = true;
    await this.#move(position);
  }

  async #move(position: 'energised' | 'released'): Promise<void> {
    this.#relay ??= await this.#output(this.#config.relay, (message) => this.#sink?.relayLost(message));
    await this.#relay.set(position === 'energised');
  }

  async warn(isOn: boolean): Promise<void> {
    const { warning } = this.#config;
    if (warning === null) return;
    this.#warning ??= await this.#output(warning, (reason) => this.#log.warn({ reason }, 'warning ended'));
    await this.#warning.set(isOn);
  }

  async close(): Promise<void> {
    this.#stopping.abort();
    this.#sink = null;
    await this.#watching;
    const outputs = await Promise.allSettled([this.#relay?.set(false), this.#warning?.set(false)]);
    for (const { reason } of outputs.filter((output) => output.status === 'rejected'))
      this.#log.error({ reason: messageOf(reason) }, 'line not set at the end');
  }

  async #output(
    output: { readonly line: number; readonly activeLow: boolean },
    onLost: (message: string) => void,
  ): Promise<HeldLine> {
    const { chip } = this.#config;
    const generation = await this.#tools();
    const release = releaseCommand(generation, chip, output);
    const isHeld = async (): Promise<boolean> =>
      isHeldBySetter(await this.#run(infoCommand(generation, chip)), output.line);
    return new HeldLine({
      ...{ name: `line ${output.line} of ${chip}`, release, isHeld, onLost },
      ...{ script: guardScript(holdCommand(generation, chip, output), release) },
      environment: this.#environment,
    });
  }

  async #tools(): Promise<GpioGeneration> {
    this.#generation ??= generationOf(await this.#run(['gpioset', '--version']));
    return this.#generation;
  }

  async #watch(sink: DoorHardwareSink): Promise<void> {
    const backoff = new Backoff({ baseMs: 200, capMs: 10_000 });
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      try {
        // Whatever an earlier agent left: locked.
        if (!this.#isMoved) await this.#move('released');
        this.#isMoved = true;
        if (this.#inputs.length === 0) return sink.fault(null);
        await this.#watchOnce(sink, () => backoff.reset());
      } catch (error) {
        if (signal.aborted) return;
        this.#isReread = false;
        for (const [name] of this.#inputs) sink.contact(name, null);
        sink.fault(`The GPIO lines cannot be reached. ${messageOf(error)}`);
        await sleep(backoff.nextDelayMs(), undefined, { signal }).catch(() => undefined);
      }
    }
  }

  /** Reads the lines, then every edge, until it is time to read them again. @throws when the tool ends before */
  async #watchOnce(sink: DoorHardwareSink, onRead: () => void): Promise<void> {
    const generation = await this.#tools();
    const lines = this.#inputs.map(([, { line }]) => line);
    const values = (await this.#run(readCommand(generation, this.#config, lines))).trim().split(/\s+/);
    if (this.#stopping.signal.aborted) return;
    for (const [index, [name, { closedWhen }]] of this.#inputs.entries())
      sink.contact(name, (values[index] === '1') === (closedWhen === 'high'));
    sink.fault(null);
    onRead();
    const [tool, ...args] = watchCommand(generation, this.#config, lines);
    const child = spawn(tool!, args, { env: this.#environment, stdio: ['ignore', 'pipe', 'ignore'] });
    const end = (): boolean => child.kill('SIGKILL');
    this.#stopping.signal.addEventListener('abort', end);
    createInterface({ input: child.stdout }).on('line', (text) => this.#takeEdge(text, sink));
    // Nobody else reads a line that is watched, so that the watching has to end for it.
    const { first, next } = this.#rereadMs;
    let isTime = false;
    const reread = setTimeout(() => (isTime = end()), this.#isReread ? next : first);
    const ending = await endingOf(child);
    clearTimeout(reread);
    this.#stopping.signal.removeEventListener('abort', end);
    this.#isReread = isTime;
    if (isTime) return;
    throw new AgentError('door/gpio-ended', `gpiomon ended (${ending}).`);
  }

  #takeEdge(text: string, sink: DoorHardwareSink): void {
    const edge = readEdge(text);
    for (const [name, { line, closedWhen }] of this.#inputs)
      if (edge?.line === line) sink.contact(name, edge.isHigh === (closedWhen === 'high'));
  }

  #run(command: readonly string[]): Promise<string> {
    return runTool(command, this.#environment);
  }
}

async function endingOf(child: ChildProcess): Promise<string> {
  const [code, signal] = (await once(child, 'close')) as [number | null, string | null];
  return `${signal ?? code}`;
}
