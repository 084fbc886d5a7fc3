import { EMPTY_MEMORY, type AccessMemory } from '@munjigi/access-rules';
import type { MemoryStore } from '../ports/memory-store';

/** Keeps nothing. */
export class ForgetfulMemory implements MemoryStore {
  load(): AccessMemory {
    return EMPTY_MEMORY;
  }

  keep(): void {
    // Every test begins with nobody anywhere.
  }
}
