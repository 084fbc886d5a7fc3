import { resolve } from 'node:path';
import { z } from 'zod';
import { REPOSITORY } from '../system/paths';

const schema = z.object({
  /** TCP port of the server and the console. */
  PORT: z.coerce.number().int().min(1).max(65535).default(3000),
  /** Folder of everything that the system keeps. */
  MUNJIGI_DATA: z.string().min(1).default(resolve(REPOSITORY, 'data')),
  /** The administrator's address. */
  MUNJIGI_ADMIN_EMAIL: z.email().default('admin@munjigi.local'),
  /** The administrator's password; made at random on the first start unless given. */
  MUNJIGI_ADMIN_PASSWORD: z.string().min(12).max(1024).optional(),
  /** Whether to build first what has changed; `false` where all is built, and others run what is. */
  MUNJIGI_BUILD: z.enum(['true', 'false'], 'must be true or false').default('true'),
});

export interface StartConfig {
  readonly port: number;
  readonly dataDirectory: string;
  readonly adminEmail: string;
  readonly adminPassword: string | undefined;
  readonly build: boolean;
}

/**
 * Reads the demo's settings from the environment.
 *
 * @throws with one line a problem, all at once
 */
export function readStartConfig(env: NodeJS.ProcessEnv): StartConfig {
  const result = schema.safeParse(env);
  if (!result.success) {
    throw new Error(
      result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('\n'),
    );
  }
  return {
    port: result.data.PORT,
    dataDirectory: resolve(result.data.MUNJIGI_DATA),
    adminEmail: result.data.MUNJIGI_ADMIN_EMAIL,
    adminPassword: result.data.MUNJIGI_ADMIN_PASSWORD,
    build: result.data.MUNJIGI_BUILD === 'true',
  };
}
