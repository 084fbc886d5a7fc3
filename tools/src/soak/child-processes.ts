import { readdirSync, readFileSync } from 'node:fs';

/** The processes whose parent that one is, with the names of their programs. */
export function childrenOf(parent: number | undefined): { pid: number; name: string }[] {
  if (parent === undefined) return [];
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const text = readFileSync(`/proc/${name}/stat`, 'utf8');
        const [, program = '', rest = ''] = /^\d+ \((.*)\) (.*)$/s.exec(text) ?? [];
        return Number(rest.split(' ')[1]) === parent ? [{ pid: Number(name), name: program }] : [];
      } catch {
        return [];
      }
    });
}
