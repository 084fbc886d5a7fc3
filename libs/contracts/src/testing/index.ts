export * from './golden-messages';
