import type { CameraMemory } from '../../ports/camera-memory';
import { AgentError } from '../../domain/agent-error';
import { openDatabase, type OpenDatabase } from './database';
import { openDeviceKey } from './device-key';
import { SqliteCommandStore } from './sqlite-command-store';
import { MetaTable } from './meta-table';
import { releaseReserve, reservePath } from './reserve-file';
import { SealedCameras } from './sealed-cameras';
import { SqliteEventStore } from './sqlite-event-store';
import { SqliteLocalStore } from './sqlite-local-store';
import { SqliteMemoryStore } from './sqlite-memory-store';
import { SqliteStateStore } from './sqlite-state-store';
import { TemplateCipher } from './template-cipher';

/** A door's durable memory. */
export interface DoorStore {
  readonly events: SqliteEventStore;
  readonly commands: SqliteCommandStore;
  readonly state: SqliteStateStore;
  readonly memory: SqliteMemoryStore;
  readonly local: SqliteLocalStore;
  readonly cameras: CameraMemory;
  /** Path of a damaged database that was set aside while opening, or null. */
  readonly damagedPath: string | null;
  readonly close: () => void;
}

/**
 * Opens the store of one door in its own folder.
 *
 * @throws {AgentError} `store/...` as `openDatabase` and `openDeviceKey` say.
 */
export function openStore(options: { directory: string; modelId: string }): DoorStore {
  const { database, damagedPath, close } = openWithRoom(options.directory);
  try {
    const cipher = new TemplateCipher(openDeviceKey(options.directory));
    return {
      events: new SqliteEventStore(database),
      commands: new SqliteCommandStore(database),
      state: new SqliteStateStore({ database, cipher, modelId: options.modelId }),
      local: new SqliteLocalStore({ database, cipher, modelId: options.modelId }),
      memory: new SqliteMemoryStore(database),
      cameras: new SealedCameras({ meta: new MetaTable(database), cipher }),
      damagedPath,
      close,
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
