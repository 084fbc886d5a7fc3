import { join } from 'node:path';
import type { Logger } from 'pino';
import { ExpendableFolder } from './adapters/store/expendable-folder';
import { PICTURES_FOLDER } from './adapters/store/open-store';
import { ReserveFile } from './adapters/store/reserve-file';
import { StatfsDisk } from './adapters/store/statfs-disk';
import type { AgentConfig } from './config';
import type { EventStore } from './ports/event-store';
import type { Disk } from './ports/disk';
import { EventBook, type EventBookOptions } from './stages/event-book';
import { DiskKeeper } from './stages/keep-disk';

/** Room for some 20,000 events. */
const RESERVE_BYTES_MAX = 16 * 1024 ** 2;
/** How much of the room below which the alarm is raised may be in reserve. */
const RESERVE_SHARE = 1 / 8;

/** What a door's disk is looked after with. */
export interface DiskParts {
  readonly config: Pick<AgentConfig, 'dataDirectory' | 'diskLowBytes'>;
  readonly events: EventStore;
  readonly log: Logger;
  /** A test's; default: the one that the data folder is on. */
  readonly disk: Disk | undefined;
  /** The level changed. */
  readonly onChange: () => void;
  /** What was held is in the outbox now. */
  readonly onWritten: () => void;
  /** An event was written. */
  readonly onAppended: EventBookOptions['onAppended'];
}

/** Builds what looks after the disk, and the book through which events are written on it. */
export function composeDisk(parts: DiskParts): { keeper: DiskKeeper; book: EventBook } {
  const { config, events, log, onChange, onWritten, onAppended } = parts;
  const { dataDirectory: directory, diskLowBytes: lowBytes } = config;
  const folder = (name: string): ExpendableFolder =>
    new ExpendableFolder({ name, directory: join(directory, name) });
  const sizeBytes = Math.min(RESERVE_BYTES_MAX, Math.ceil(lowBytes * RESERVE_SHARE));
  const keeper = new DiskKeeper({
    ...{ lowBytes, log, onChange },
    disk: parts.disk ?? new StatfsDisk(directory),
    reserve: new ReserveFile({ directory, sizeBytes, log }),
    pictures: folder(PICTURES_FOLDER),
    telemetry: folder('telemetry'),
    onLook: () => book.retry(),
  });
  const book: EventBook = new EventBook({
    ...{ events, log, onWritten, onAppended },
    makeRoom: () => keeper.makeRoom(),
  });
  return { keeper, book };
}
