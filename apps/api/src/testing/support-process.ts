import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installDemoMedia, installModels } from '@munjigi/face-core';
import { createDataSource } from '../platform/database/data-source';
import { EmbeddedPostgres } from '../platform/database/embedded-postgres';
import { migrate } from '../platform/database/migrate';
import { TEMPLATE_DATABASE } from './test-database';

/** Faster, and nothing that a test needs: these databases never outlive their run. */
const settings = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  max_connections: '200',
  shared_buffers: '64MB',
};

/**
 * What the tests need and jest cannot hold: installs models and real photographs, and starts a PostgreSQL. Says where
 * that listens in one line on standard output, and ends when its standard input does, however the tests ended.
 */
async function main(): Promise<void> {
  await installModels();
  await installDemoMedia();
  const directory = await mkdtemp(join(tmpdir(), 'munjigi-api-test-'));
  // The database runs as somebody else when the tests run as root.
  await chmod(directory, 0o755);
  const postgres = await EmbeddedPostgres.start(directory, { settings });
  await postgres.ensureDatabase(TEMPLATE_DATABASE);
  const dataSource = await createDataSource(postgres.connection(TEMPLATE_DATABASE), []).initialize();
  await migrate(dataSource);
  await dataSource.destroy();
  process.stdout.write(`${JSON.stringify(postgres.connection('postgres'))}\n`);
  process.stdin.resume();
  await new Promise((resolve) => process.stdin.once('close', resolve));
  await postgres.stop();
  await rm(directory, { recursive: true, force: true });
}

void main();
