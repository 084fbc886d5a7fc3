import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { openPromise, type Entry, type ZipFile } from 'yauzl';
import { unreadable } from './manifest';

/** A backup's entries by name. */
export interface Archive {
  /** @throws {StartError} `backup/unreadable` when there is no such entry */
  text(name: string): Promise<string>;
  /** @throws {StartError} `backup/unreadable` when there is no such entry */
  stream(name: string): Promise<Readable>;
  close(): void;
}

/** @throws {StartError} `backup/unreadable` when it is no archive, or only the beginning of one */
export async function openArchive(path: string): Promise<Archive> {
  const zip = await openPromise(path, { autoClose: false, lazyEntries: true }).catch((cause: Error) => {
    throw unreadable(cause.message, cause);
  });
  const entries = await readEntries(zip).catch((cause: Error) => {
    zip.close();
    throw unreadable(cause.message, cause);
  });
  const stream = async (name: string): Promise<Readable> => {
    const entry = entries.get(name);
    if (!entry) throw unreadable(`it has no ${name}`);
    return zip.openReadStreamPromise(entry).catch((cause: Error) => {
      throw unreadable(cause.message, cause);
    });
  };
  return {
    stream,
    text: async (name) => text(await stream(name)),
    close: () => zip.close(),
  };
}

async function readEntries(zip: ZipFile): Promise<Map<string, Entry>> {
  const entries = new Map<string, Entry>();
  for await (const entry of zip.eachEntry()) entries.set(entry.fileName, entry);
  return entries;
}
