import { existsSync, readFileSync, statSync, unwatchFile, watchFile } from 'node:fs';
import { cameraSettingsSchema, type CameraSettings } from '@munjigi/contracts';
import type { Logger } from 'pino';
import { z } from 'zod';
import { writeWhole } from '../store/write-whole';
import { messageOf } from '../../domain/agent-error';
import type { CameraWish } from '../../stages/switch-camera';

/** How often the file is looked at. */
const LOOK_EVERY_MS = 1_000;

/**
 * The camera settings of a file on this computer, as JSON. Its changes count without a restart; a file that cannot be
 * used leaves the last settings that could, and says what is wrong.
 */
export class LocalCamera {
  readonly #path: string;
  readonly #log: Logger;
  #settings: CameraSettings | null = null;
  #problem: string | null = null;
  readonly #fallback: CameraSettings | null | undefined;

  /** @param options.fallback what stands while there is no file; undefined: that is a problem */
  constructor(options: { path: string; log: Logger; fallback?: CameraSettings | null }) {
    this.#path = options.path;
    this.#log = options.log;
    this.#fallback = options.fallback;
    this.#read();
  }

  get wish(): CameraWish {
    return { settings: this.#settings, problem: this.#problem };
  }

  /** Calls the listener after each change of the file. @returns how to stop it */
  watch(listener: () => void): () => void {
    const changed = (): void => {
      this.#read();
      listener();
    };
    watchFile(this.#path, { interval: LOOK_EVERY_MS, persistent: false }, changed);
    return () => unwatchFile(this.#path, changed);
  }

  /** Puts settings in the file, whole or not at all, readable for its owner alone; they count at once. */
  write(settings: CameraSettings): void {
    writeWhole(this.#path, `${JSON.stringify(settings, null, 2)}\n`);
    this.#read();
  }

  #read(): void {
    if (this.#fallback !== undefined && !existsSync(this.#path)) {
      this.#settings = this.#fallback;
      this.#problem = null;
      return;
    }
    try {
      const parsed = cameraSettingsSchema.safeParse(JSON.parse(readFileSync(this.#path, 'utf8')));
      if (!parsed.success) throw new Error(z.prettifyError(parsed.error));
      this.#settings = parsed.data;
      this.#problem = null;
      const isOpen = (statSync(this.#path).mode & 0o044) !== 0;
      const { source } = parsed.data;
      if (isOpen && source.kind === 'rtsp' && source.password !== null) {
        this.#log.warn({ path: this.#path }, 'others may read the camera’s password: chmod 600 the file');
      }
    } catch (error) {
      // A parser quotes what it could not read, which may be a password.
      const why = error instanceof SyntaxError ? 'it is no JSON' : messageOf(error);
      this.#problem = `The camera settings in ${this.#path} cannot be used: ${why}`;
    }
  }
}
