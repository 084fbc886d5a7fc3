import { Initial1790000000000 } from './1790000000000-initial';

/** Every migration, oldest first. */
export const MIGRATIONS = [Initial1790000000000];
