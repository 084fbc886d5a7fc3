import { execFile } from 'node:child_process';
import { findFfmpeg, type FfmpegPlaces } from '@munjigi/face-core';
import { KEEP_TIMES } from './ffmpeg-arguments';

/** An ffmpeg, and how it wants to be spoken to. */
export interface Ffmpeg {
  readonly path: string;
  readonly keepTimes: readonly string[];
}

/** Finds ffmpeg each time, so that one that is installed later counts, and asks each what it can once. */
export class FfmpegTool {
  readonly #places: FfmpegPlaces;
  #known: Ffmpeg | null = null;

  constructor(places: FfmpegPlaces) {
    this.#places = places;
  }

  /** @throws {FaceCoreError} `video/no-ffmpeg` */
  async find(): Promise<Ffmpeg> {
    const path = await findFfmpeg(this.#places);
    if (this.#known?.path === path) return this.#known;
    const help = await outputOf(path, ['-hide_banner', '-h', 'long']);
    const [newer, older] = KEEP_TIMES;
    this.#known = { path, keepTimes: help.includes('-fps_mode') ? newer : older };
    return this.#known;
  }
}

/** What a program prints on both streams within 10 s, whatever its exit code; nothing when it cannot be run. */
export function outputOf(path: string, args: readonly string[], signal?: AbortSignal): Promise<string> {
  return new Promise((resolve) => {
    execFile(path, [...args], { timeout: 10_000, maxBuffer: 4_000_000, signal }, (_error, stdout, stderr) =>
      resolve(stdout + stderr),
    );
  });
}
