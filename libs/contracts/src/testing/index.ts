export * from './golden-messages';
export * from './threshold-cases';
