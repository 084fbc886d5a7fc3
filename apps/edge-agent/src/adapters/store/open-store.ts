import { join } from 'node:path';
import type { CameraMemory } from '../../ports/camera-memory';
import type { DeviceKeyKeeper } from '../../ports/device-key';
import { AgentError } from '../../domain/agent-error';
import { openDatabase, type OpenDatabase } from './database';
import { DeviceKeyFile } from './device-key';
import { SqliteCommandStore } from './sqlite-command-store';
import { MetaTable } from './meta-table';
import { releaseReserve, reservePath } from './reserve-file';
import { SealedCameras } from './sealed-cameras';
import { SealedPictures } from './sealed-pictures';
import { SqliteEventStore } from './sqlite-event-store';
import { SqliteLocalStore } from './sqlite-local-store';
import { SqliteMemoryStore } from './sqlite-memory-store';
import { SqliteStateStore } from './sqlite-state-store';
import { TemplateCipher } from './template-cipher';

/** Where in the data folder pictures of events are. */
export const PICTURES_FOLDER = 'pictures';

/** A door's durable memory. */
export interface DoorStore {
  readonly events: SqliteEventStore;
  readonly commands: SqliteCommandStore;
  readonly state: SqliteStateStore;
  readonly memory: SqliteMemoryStore;
  readonly local: SqliteLocalStore;
  readonly cameras: CameraMemory;
  /** Pictures of events, in a folder of their own. */
  readonly pictures: SealedPictures;
  /** Path of a damaged database that was set aside while opening, or null. */
  readonly damagedPath: string | null;
  readonly close: () => void;
}

/**
 * Opens the store of one door in its own folder.
 *
 * @param options.keys where the device's key is kept; default: a file in that folder
 * @throws {AgentError} `store/...` as `openDatabase` and `DeviceKeyKeeper` say.
 */
export function openStore(options: {
  directory: string;
  modelId: string;
  keys?: DeviceKeyKeeper;
}): DoorStore {
  const { database, damagedPath, close } = openWithRoom(options.directory);
  try {
    const keys = options.keys ?? new DeviceKeyFile(options.directory);
    const cipher = new TemplateCipher(keys.deviceKey());
    const events = new SqliteEventStore(database);
    return {
      events,
      commands: new SqliteCommandStore(database),
      state: new SqliteStateStore({ database, cipher, modelId: options.modelId }),
      local: new SqliteLocalStore({ database, cipher, modelId: options.modelId }),
      memory: new SqliteMemoryStore(database),
      cameras: new SealedCameras({ meta: new MetaTable(database), cipher }),
      pictures: new SealedPictures({ directory: join(options.directory, PICTURES_FOLDER), cipher }),
      damagedPath,
      close: () => (events.close(), close()),
    };
  } catch (error) {
    close();
    throw error;
  }
}

/** Opens the database; on a full disk with what was in reserve. */
function openWithRoom(directory: string): OpenDatabase {
  try {
    return openDatabase(directory);
  } catch (error) {
    if (!(error instanceof AgentError) || error.code !== 'store/unusable') throw error;
    if (!releaseReserve(reservePath(directory))) throw error;
    return openDatabase(directory);
  }
}
