export * from './api-client/api-client';
export * from './processes/managed-process';
export * from './start/demo-site';
export * from './system/free-port';
export * from './system/paths';
export * from './system/until';
