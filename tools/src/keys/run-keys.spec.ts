import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { goldenMessage } from '@munjigi/contracts/testing';
import { runKeys } from './run-keys';

const WHO = { MUNJIGI_ADMIN_EMAIL: 'admin@example.com', MUNJIGI_ADMIN_PASSWORD: 'correct horse battery' };

describe('npm run keys', () => {
  let server: Server;
  let url: string;
  let asked: string[];
  /** How often the server still says that it is busy. */
  let busyFor: number;
  let refusal: object | null;
  let said: string;
  const say = (text: string) => void (said += text);

  beforeEach(async () => {
    [asked, busyFor, refusal, said] = [[], 0, null, ''];
    server = createServer((req, res) => {
      asked.push(`${req.method} ${req.url}`);
      const isLogin = req.url === '/api/auth/login';
      const keys = { ...(goldenMessage('keys') as object), busy: !isLogin && busyFor-- > 0 };
      const body = isLogin ? goldenMessage('session') : (refusal ?? keys);
      res
        .writeHead(refusal && !isLogin ? 409 : 200, {
          'content-type': refusal && !isLogin ? 'application/problem+json' : 'application/json',
          'set-cookie': 'munjigi_session=x; HttpOnly',
        })
        .end(JSON.stringify(body));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  it('rotates, and waits until the server is done', async () => {
    busyFor = 2;
    expect(await runKeys(['rotate', '--server', url], say, WHO)).toBe(0);
    expect(asked).toEqual([
      'POST /api/auth/login',
      'POST /api/keys/rotations',
      'GET /api/keys',
      'GET /api/keys',
    ]);
    expect(said).toContain('Under way.');
    expect(said).toContain('* kms-munjigi: 120 keys');
    expect(said.trim().endsWith('Nothing is under way.')).toBe(true);
  });

  it('tells how things are without changing anything', async () => {
    expect(await runKeys(['status', '--server', url], say, WHO)).toBe(0);
    expect(asked).toEqual(['POST /api/auth/login', 'GET /api/keys']);
  });

  it('says in the server’s words why it was refused', async () => {
    refusal = { title: 'There is no other master key to go to.', status: 409, code: 'keys/no-other-key' };
    expect(await runKeys(['rotate', '--server', url], say, WHO)).toBe(69);
    expect(said).toContain('There is no other master key');
    expect(said).not.toContain(WHO.MUNJIGI_ADMIN_PASSWORD);
  });

  it.each([[[]], [['break']], [['rotate']]])(
    'explains itself when it is asked for %j and nobody is named',
    async (args) => {
      expect(await runKeys(args, say, {})).toBe(78);
      expect(said).toContain('npm run keys -- rotate');
      expect(asked).toEqual([]);
    },
  );
});
