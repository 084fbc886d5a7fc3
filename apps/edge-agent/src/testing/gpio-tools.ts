import { chmodSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Stand-ins for libgpiod's tools, of either generation, whose lines are files of a folder: the value that a line has,
 * and who holds it. They check what they are told as the real ones do, and no more than that is like them.
 */
export class GpioTools {
  readonly #directory: string;
  /** PATH under which the tools are found. */
  readonly searchPath: string;

  constructor(directory: string, generation: 1 | 2) {
    this.#directory = directory;
    this.searchPath = `${directory}:${process.env.PATH}`;
    for (const [name, body] of Object.entries(toolsOf(directory, generation))) {
      writeFileSync(join(directory, name), `#!/bin/sh\n${body}\n`);
      chmodSync(join(directory, name), 0o755);
    }
  }

  /** Takes the tools away, as if they were not installed. */
  remove(): void {
    for (const name of ['gpioset', 'gpioget', 'gpiomon', 'gpioinfo']) rmSync(join(this.#directory, name));
  }

  /** What an output was last set to; null: never. */
  valueOf(line: number): string | null {
    const path = join(this.#directory, `value-${line}`);
    return existsSync(path) ? readFileSync(path, 'utf8').trim() : null;
  }

  /** The process that holds a line; null when nobody does. */
  holderOf(line: number): number | null {
    const path = join(this.#directory, `holder-${line}`);
    return existsSync(path) ? Number(readFileSync(path, 'utf8')) : null;
  }

  /** Takes a line for another program, or gives it back. */
  occupy(line: number, isTaken: boolean): void {
    const path = join(this.#directory, `busy-${line}`);
    if (isTaken) writeFileSync(path, '');
    else rmSync(path);
  }

  /** Sets what the inputs read as. */
  read(values: string): void {
    writeFileSync(join(this.#directory, 'inputs'), values);
  }

  /** The process that watches the inputs, once it does; null before. */
  get watcher(): number | null {
    const path = join(this.#directory, 'watcher');
    return existsSync(path) ? Number(readFileSync(path, 'utf8')) : null;
  }

  /** Lets the watcher print edges. */
  print(edges: string): void {
    writeFileSync(join(this.#directory, 'edges'), edges);
  }
}

/** The tools' scripts. Told what the generation does not know, each fails. */
function toolsOf(directory: string, generation: 1 | 2): Record<string, string> {
  const strange = generation === 1 ? '--chip|--toggle|--numeric|--banner' : '--mode=*|--line-buffered';
  const parse = `cd '${directory}'; hold=1; line=; value=
for word in "$@"; do case "$word" in
  ${strange}) echo "unrecognized option $word" >&2; exit 1;;
  --version) echo "$(basename "$0") (libgpiod) v${generation}.1.3"; exit 0;;
  --mode=exit|--toggle) hold=0;;
  [0-9]*=[01]) line=\${word%=*}; value=\${word#*=};;
esac; done`;
  return {
    gpioset: `${parse}
[ -e "busy-$line" ] && { echo 'Device or resource busy' >&2; exit 1; }
holder=$(cat "holder-$line" 2>/dev/null) && kill -0 "$holder" 2>/dev/null && exit 1
echo "$value" > "value-$line"; rm -f "holder-$line"
[ $hold = 0 ] && exit 0
echo $$ > "holder-$line.new"; mv "holder-$line.new" "holder-$line"
exec sleep 1000`,
    gpioinfo: `${parse}
echo 'gpiochip0 - 54 lines:'
for holder in holder-*[0-9]; do [ -e "$holder" ] && kill -0 "$(cat "$holder")" 2>/dev/null &&
  printf '\\tline %3s:\\tunnamed\\toutput consumer="gpioset"\\n' "\${holder#holder-}"; done; exit 0`,
    gpioget: `${parse}
cat inputs`,
    gpiomon: `${parse}
rm -f edges; mkfifo edges 2>/dev/null; echo $$ > watcher.new; mv watcher.new watcher
exec 3<>edges; exec cat <&3`,
  };
}
