import { closeSync, openSync, readSync } from 'node:fs';
import type { FrameFile } from './protocol';

const kept = new Map<string, Uint8Array>();

/** One frame of a file, RGB, interleaved; read once, then kept. @throws when the file is shorter */
export function readFrame(file: FrameFile, index: number): Uint8Array {
  const at = index % file.count;
  const key = `${file.path}#${at}`;
  const known = kept.get(key);
  if (known) return known;
  const bytes = new Uint8Array(file.width * file.height * 3);
  const handle = openSync(file.path, 'r');
  try {
    const read = readSync(handle, bytes, 0, bytes.length, at * bytes.length);
    if (read !== bytes.length) throw new Error(`${file.path} has no frame ${at}.`);
  } finally {
    closeSync(handle);
  }
  kept.set(key, bytes);
  return bytes;
}
