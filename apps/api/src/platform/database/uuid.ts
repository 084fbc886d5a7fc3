import { v7 } from 'uuid';

/** A new UUID of version 7: ids of one process sort in the order in which they were made. */
export function newId(): string {
  return v7();
}
