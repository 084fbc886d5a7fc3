import { DataSource, type DataSourceOptions } from 'typeorm';
import { AfterCommitSubscriber } from './after-commit';
import type { ConnectionOptions } from './embedded-postgres';
import { MIGRATIONS } from './migrations';

/** Where the database is: a URL, or the embedded server's socket. */
export type DatabaseTarget = { readonly url: string } | ConnectionOptions;

/** Longest time that one statement may take; a stuck database must not keep requests for ever. */
const STATEMENT_TIMEOUT_MS = 30_000;

/** A data source with these entities and our migrations, not yet connected. It never changes the schema by itself. */
export function createDataSource(
  target: DatabaseTarget,
  entities: DataSourceOptions['entities'],
  migrations: NonNullable<DataSourceOptions['migrations']> = MIGRATIONS,
  role?: string,
): DataSource {
  const place =
    'url' in target
      ? { url: target.url }
      : { host: target.host, port: target.port, username: target.user, database: target.database };
  return new DataSource({
    type: 'postgres',
    ...place,
    entities,
    migrations,
    subscribers: [AfterCommitSubscriber],
    synchronize: false,
    migrationsTableName: 'schema_migration',
    // Idle connections break when the database goes; the pool replaces them, and the next query tells.
    poolErrorHandler: () => undefined,
    logging: false,
    applicationName: 'munjigi',
    poolSize: 10,
    connectTimeoutMS: 5_000,
    extra: {
      statement_timeout: STATEMENT_TIMEOUT_MS,
      query_timeout: STATEMENT_TIMEOUT_MS + 5_000,
      keepAlive: true,
      ...(role === undefined ? {} : { options: `-c role=${role}` }),
    },
  });
}
