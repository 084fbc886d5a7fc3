import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import en from '@/messages/en.json';

const SERVER = join(__dirname, '../../../../api/src');
const WRITTEN = /action: '([a-z-]+)\/([a-z-]+)'/g;

/** Every action that the server's code writes into the account by name. */
function actionsOfServer(): { area: string; verb: string }[] {
  const files = readdirSync(SERVER, { recursive: true, encoding: 'utf8' });
  const code = files.filter((file) => file.endsWith('.ts') && !/spec\.ts$|testing/.test(file));
  return code
    .flatMap((file) => [...readFileSync(join(SERVER, file), 'utf8').matchAll(WRITTEN)])
    .map(([, area = '', verb = '']) => ({ area, verb }));
}

describe('the account', () => {
  it('has words for all that the server writes into it', () => {
    const actions = actionsOfServer();
    expect(actions.length).toBeGreaterThan(60);
    const wordless = actions.filter(({ area, verb }) => !(area in en.audit.area && verb in en.audit.verb));
    expect(wordless).toEqual([]);
  });
});
