export * from './api-client/api-client';
export * from './processes/managed-process';
export * from './seed/seed-database';
export type { SeedContent } from './seed/seed-options';
export * from './start/demo-site';
export * from './system/free-port';
export * from './system/paths';
export * from './system/until';
