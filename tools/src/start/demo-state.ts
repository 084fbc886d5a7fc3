import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';

const schema = z.object({
  adminPassword: z.string(),
  /** Door tokens by the door's key in the demo. */
  doors: z.record(z.string(), z.object({ id: z.string(), token: z.string() })).default({}),
  /** The demo's first person, once made: a start that was cut off enrols the same one, and no second with their face. */
  firstPersonId: z.string().optional(),
  /** Whether the demo's first person has been enrolled; not done again, so that deleting that person holds. */
  enrolled: z.boolean().default(false),
});

/** What the demo remembers between starts. It holds secrets: the file is readable by its owner alone. */
export type DemoState = z.infer<typeof schema>;

/** Reads the state, or makes a new one with a random password when there is none. */
export function readDemoState(file: string, adminPassword: string | undefined): DemoState {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return {
      adminPassword: adminPassword ?? randomBytes(9).toString('base64url'),
      doors: {},
      enrolled: false,
    };
  }
  const state = schema.parse(JSON.parse(text));
  return adminPassword ? { ...state, adminPassword } : state;
}

/** Writes the state whole or not at all. */
export function writeDemoState(file: string, state: DemoState): void {
  mkdirSync(dirname(file), { recursive: true });
  const temporary = `${file}.${process.pid}.tmp`;
  writeFileSync(temporary, `${JSON.stringify(state, null, 2)}\n`, { mode: 0o600 });
  renameSync(temporary, file);
}
