import { execFile } from 'node:child_process';
import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { delimiter, join } from 'node:path';

/** GStreamer's programs on the search path, and what this installation can. */
export class GstreamerTool {
  readonly #searchPath: string;
  readonly #known = new Map<string, boolean>();

  /** @param searchPath as in `PATH` */
  constructor(searchPath: string) {
    this.#searchPath = searchPath;
  }

  /** The path of `gst-launch-1.0`; null where there is none. */
  launcher(): Promise<string | null> {
    return this.#program('gst-launch-1.0');
  }

  /** Whether there is an element of that name: `nvv4l2decoder`, say. Asked once for each, until the agent restarts. */
  async has(element: string): Promise<boolean> {
    const known = this.#known.get(element);
    if (known !== undefined) return known;
    const inspector = await this.#program('gst-inspect-1.0');
    const found = inspector !== null && (await succeeds(inspector, ['--exists', element]));
    this.#known.set(element, found);
    return found;
  }

  async #program(name: string): Promise<string | null> {
    for (const folder of this.#searchPath.split(delimiter).filter(Boolean)) {
      const path = join(folder, name);
      const isThere = await access(path, constants.X_OK).then(
        () => true,
        () => false,
      );
      if (isThere) return path;
    }
    return null;
  }
}

function succeeds(path: string, args: readonly string[]): Promise<boolean> {
  return new Promise((resolve) => {
    execFile(path, [...args], { timeout: 10_000 }, (error) => resolve(error === null));
  });
}
