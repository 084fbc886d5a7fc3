import { createAdapter } from '@socket.io/postgres-adapter';
import type { Pool } from 'pg';
import type { Server } from 'socket.io';
import type { DataSource } from 'typeorm';

/** What socket.io carries messages between rooms with. */
export type RoomsAdapter = Parameters<Server['adapter']>[0];

/**
 * Carries socket messages to the sockets of the other processes on the same database, through PostgreSQL's
 * notifications. What is larger than a notification, such as a live picture, passes through a table that is not logged
 * and is emptied twice a minute.
 */
export function clusterAdapter(dataSource: DataSource): RoomsAdapter {
  const { master } = dataSource.driver as unknown as { readonly master: Pool };
  return createAdapter(master, {
    tableName: 'socket_io_attachments',
    // The pool's connections come and go with the database; the adapter listens again by itself.
    errorHandler: () => undefined,
  });
}
