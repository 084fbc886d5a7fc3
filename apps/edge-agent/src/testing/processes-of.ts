import { readdirSync, readFileSync } from 'node:fs';

/** How many processes have this path in their arguments. */
export function processesOf(path: string): number {
  return readdirSync('/proc').filter((id) => {
    try {
      return /^\d+$/.test(id) && readFileSync(`/proc/${id}/cmdline`, 'utf8').includes(path);
    } catch {
      return false;
    }
  }).length;
}
