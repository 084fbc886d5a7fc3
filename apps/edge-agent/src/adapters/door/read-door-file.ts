import { readFileSync } from 'node:fs';
import { messageOf } from '../../domain/agent-error';
import { doorHardwareSchema, type DoorHardwareConfig } from './hardware-config';

/**
 * Reads how the door's wires are reached.
 *
 * @returns a simulated door when there is no file, and what is wrong with it, one problem a line. No problem quotes what
 *   the file says: it may hold passwords.
 */
export function readDoorFile(path: string | undefined): {
  config: DoorHardwareConfig;
  problems: readonly string[];
} {
  const config = { kind: 'simulated' } as const;
  if (path === undefined) return { config, problems: [] };
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    return { config, problems: [`cannot be read: ${messageOf(error)}`] };
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { config, problems: [`${path} is not JSON`] };
  }
  const parsed = doorHardwareSchema.safeParse(json);
  if (parsed.success) return { config: parsed.data, problems: certificateProblems(parsed.data) };
  return {
    config,
    problems: parsed.error.issues.map(
      ({ path: where, message }) => `${where.join('.') || 'the file'}: ${message}`,
    ),
  };
}

function certificateProblems(config: DoorHardwareConfig): string[] {
  if (!('caFile' in config) || config.caFile === null) return [];
  try {
    readFileSync(config.caFile);
    return [];
  } catch (error) {
    return [`caFile: cannot be read: ${messageOf(error)}`];
  }
}
