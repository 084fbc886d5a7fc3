import { AgentError } from '../../../domain/agent-error';
import type { GpioConfig } from '../hardware-config';

/** libgpiod's tools of one generation: what they are told differs. */
export type GpioGeneration = 1 | 2;

/** Which generation a tool is of. @param printed what it prints when asked for its version */
export function generationOf(printed: string): GpioGeneration {
  const major = Number(/libgpiod\)?\s+v?(\d+)\./.exec(printed)?.[1]);
  if (major === 1 || major === 2) return major;
  throw new AgentError(
    'door/gpio-unknown',
    'The version of the GPIO tools (libgpiod) is not known; 1 or 2 is needed.',
  );
}

interface Output {
  readonly line: number;
  readonly activeLow: boolean;
}

/** Holds a line active until it is killed. */
export function holdCommand(generation: GpioGeneration, chip: string, { line, activeLow }: Output): string[] {
  const low = activeLow ? ['--active-low'] : [];
  return generation === 1
    ? ['gpioset', '--mode=signal', ...low, chip, `${line}=1`]
    : ['gpioset', ...low, '--chip', chip, `${line}=1`];
}

/** Sets a line inactive, and ends. */
export function releaseCommand(
  generation: GpioGeneration,
  chip: string,
  { line, activeLow }: Output,
): string[] {
  const low = activeLow ? ['--active-low'] : [];
  return generation === 1
    ? ['gpioset', '--mode=exit', ...low, chip, `${line}=0`]
    : ['gpioset', '--toggle', '0', ...low, '--chip', chip, `${line}=0`];
}

/** Prints what the kernel knows of every line of the chip, whoever holds it. */
export function infoCommand(generation: GpioGeneration, chip: string): string[] {
  return generation === 1 ? ['gpioinfo', chip] : ['gpioinfo', '--chip', chip];
}

/** Whether `gpioset` holds a line. @param printed what {@link infoCommand} prints, by either generation */
export function isHeldBySetter(printed: string, line: number): boolean {
  return new RegExp(`^\\s*line\\s+${line}:.*\\bgpioset\\b`, 'm').test(printed);
}

/** Prints the lines' values as 0 and 1, in order. */
export function readCommand(
  generation: GpioGeneration,
  { chip, bias }: GpioConfig,
  lines: readonly number[],
): string[] {
  const names = lines.map(String);
  return generation === 1
    ? ['gpioget', `--bias=${bias}`, chip, ...names]
    : ['gpioget', '--numeric', `--bias=${biasOf(bias)}`, '--chip', chip, ...names];
}

/** Prints a line of `offset edge` for every edge. */
export function watchCommand(
  generation: GpioGeneration,
  { chip, bias }: GpioConfig,
  lines: readonly number[],
): string[] {
  const names = lines.map(String);
  return generation === 1
    ? ['gpiomon', '--line-buffered', '--format=%o %e', `--bias=${bias}`, chip, ...names]
    : ['gpiomon', '--format=%o %e', `--bias=${biasOf(bias)}`, '--chip', chip, ...names];
}

/** An edge as a tool prints it: rising is 1; falling is 0 in the first generation and 2 in the second. */
export function readEdge(text: string): { line: number; isHigh: boolean } | null {
  const match = /^(\d+) ([012])$/.exec(text.trim());
  return match ? { line: Number(match[1]), isHigh: match[2] === '1' } : null;
}

/**
 * A shell's script that holds a line for as long as its input is open, and then sets the line inactive: also when the
 * agent was killed, since its end of the input goes with it.
 */
export function guardScript(hold: readonly string[], release: readonly string[]): string {
  return [
    'trap : TERM INT HUP',
    'exec 3<&0',
    `${quoted(hold)} </dev/null & hold=$!`,
    '( read -r word <&3; kill -9 $hold ) 2>/dev/null & watch=$!',
    'wait $hold',
    'kill -9 $hold $watch 2>/dev/null',
    `exec ${quoted(release)}`,
  ].join('\n');
}

function biasOf(bias: GpioConfig['bias']): string {
  return bias === 'disable' ? 'disabled' : bias;
}

function quoted(words: readonly string[]): string {
  return words.map((word) => `'${word.replaceAll("'", `'\\''`)}'`).join(' ');
}
