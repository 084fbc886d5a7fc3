import { parseArgs } from 'node:util';
import type { Keys } from '@munjigi/contracts';
import { ApiClient, ApiRefusal } from '../api-client/api-client';

const USAGE = `Usage:
  npm run keys -- status   tells which master keys and transforms there are, and how much hangs on each
  npm run keys -- rotate   changes the master key of a running server, and waits until it is done
  npm run keys -- renew    renews the secret transform of templates, and waits until it is done

  --server URL             the server; http://127.0.0.1:3000 unless given

It signs in as MUNJIGI_ADMIN_EMAIL with MUNJIGI_ADMIN_PASSWORD. It may be stopped: the server goes on by itself.
`;
const POLL_MS = 500;
const EXIT = { refused: 69, usage: 78 } as const;

/** The command's answer: 0 done, 69 refused by the server, 78 not asked for rightly. */
export async function runKeys(
  args: readonly string[],
  say = (text: string) => void process.stdout.write(text),
  environment = process.env,
): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { server: { type: 'string', default: 'http://127.0.0.1:3000' } },
    allowPositionals: true,
  });
  const [verb] = positionals;
  const { MUNJIGI_ADMIN_EMAIL: email, MUNJIGI_ADMIN_PASSWORD: password } = environment;
  if ((verb !== 'status' && verb !== 'rotate' && verb !== 'renew') || !email || !password) {
    say(USAGE);
    return EXIT.usage;
  }
  const client = new ApiClient(values.server.replace(/\/$/, ''));
  try {
    await client.login(email, password);
    say(told(await begin(client, verb)));
    if (verb !== 'status') say(told(await untilDone(client)));
    return 0;
  } catch (error) {
    if (!(error instanceof ApiRefusal)) throw error;
    say(`${error.message}\n`);
    return EXIT.refused;
  }
}

function begin(client: ApiClient, verb: 'status' | 'rotate' | 'renew'): Promise<Keys> {
  if (verb === 'rotate') return client.rotateKeys();
  return verb === 'renew' ? client.renewTransform() : client.keys();
}

async function untilDone(client: ApiClient): Promise<Keys> {
  for (;;) {
    const keys = await client.keys();
    if (!keys.busy) return keys;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

function told({ masterKeys, transforms, busy }: Keys): string {
  const lines = [
    ...masterKeys.map(({ id, wrapping, keys }) => `${wrapping ? '*' : ' '} ${id}: ${keys} keys`),
    ...transforms.map(
      ({ id, templates }, place) => `${place === 0 ? '*' : ' '} transform ${id}: ${templates} templates`,
    ),
    busy ? 'Under way.' : 'Nothing is under way.',
  ];
  return `${lines.join('\n')}\n`;
}
