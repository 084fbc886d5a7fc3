export * from './golden-messages';
export * from './threshold-cases';
export { changesOfPart, digestOf } from './state-of-changes';
