export * from './chain';
export * from './export-format';
export * from './keys';
export * from './read-lines';
export * from './statements';
export * from './verify-export';
