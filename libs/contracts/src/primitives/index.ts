export * from './ids';
export * from './scalars';
export * from './page';
export * from './permission';
export * from './decision';
export * from './door-settings';
export * from './threshold';
