import { totalmem } from 'node:os';

const MIB = 1024 * 1024;
const BUFFERS_MIN = 128;
const BUFFERS_MAX = 1024;

/** Bytes of memory that this process and those beside it may use: the machine's, or less in a container. */
export function availableMemory(): number {
  return Math.min(totalmem(), process.constrainedMemory() || Infinity);
}

/**
 * How the embedded server uses the machine that it runs on: an eighth of its memory as the database's own cache, from
 * 128 MiB to 1 GiB, which leaves the rest to the server and to the system's cache. Of disks it expects that reading
 * here and there costs hardly more than reading in a row.
 *
 * @param memory bytes
 */
export function memorySettings(memory = availableMemory()): Record<string, string> {
  const eighth = Math.floor(memory / 8 / MIB);
  return {
    shared_buffers: `${Math.min(BUFFERS_MAX, Math.max(BUFFERS_MIN, eighth))}MB`,
    effective_cache_size: `${Math.max(BUFFERS_MIN, Math.floor(memory / 2 / MIB))}MB`,
    random_page_cost: '1.1',
    // As many events as come in after an hour without a network fit between two checkpoints.
    max_wal_size: '2GB',
  };
}
