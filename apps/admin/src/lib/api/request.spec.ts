import { goldenMessage } from '@munjigi/contracts/testing';
import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pathWithQuery, request, requestNothing } from './request';
import { answerSignedOut } from './signed-out';

type Handler = (req: IncomingMessage, res: ServerResponse) => void;

let server: Server;
let base: string;
let handle: Handler;

beforeAll(async () => {
  server = createServer((req, res) => handle(req, res));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

const answer = (status: number, body: unknown, type = 'application/json') => {
  handle = (_req, res) => {
    res.writeHead(status, { 'Content-Type': type });
    res.end(typeof body === 'string' ? body : JSON.stringify(body));
  };
};

describe('request', () => {
  it('gives what the schema reads', async () => {
    answer(200, { ...(goldenMessage('person') as object), more: 'from a newer server' });
    expect(await request(`${base}/api/people/1`, 'personSchema')).toEqual(goldenMessage('person'));
  });

  it.each([
    ['what does not fit', { id: 'nobody' }],
    ['a page of HTML', '<!doctype html>'],
  ])('refuses %s', async (_, body) => {
    answer(200, body);
    await expect(request(`${base}/`, 'personSchema')).rejects.toMatchObject({
      code: 'client/unexpected-answer',
    });
  });

  it('throws the problem of a refusal', async () => {
    answer(422, goldenMessage('problem'), 'application/problem+json');
    await expect(request(`${base}/`, 'personSchema')).rejects.toMatchObject({
      code: 'enrolment/no-face',
      status: 422,
      problem: { detail: expect.stringContaining('front') },
    });
  });

  it('says so when nobody answers', async () => {
    handle = (req) => req.socket.destroy();
    await expect(requestNothing(`${base}/`)).rejects.toMatchObject({ code: 'client/unreachable', status: 0 });
  });

  it('lets an abort through as what it is', async () => {
    handle = () => undefined;
    const abort = new AbortController();
    const pending = requestNothing(`${base}/`, { signal: abort.signal });
    abort.abort();
    await expect(pending).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('sends JSON as JSON, and a form as a form', async () => {
    const types: (string | undefined)[] = [];
    handle = (req, res) => {
      types.push(req.headers['content-type']);
      req.resume();
      res.writeHead(204).end();
    };
    const form = new FormData();
    form.set('photo', new Blob(['x']), 'x.jpg');
    await requestNothing(`${base}/`, { method: 'POST', body: { name: '김민지' } });
    await requestNothing(`${base}/`, { method: 'POST', body: form });
    await requestNothing(`${base}/`, { method: 'POST' });
    expect(types).toEqual([
      'application/json',
      expect.stringMatching(/^multipart\/form-data; boundary=/),
      undefined,
    ]);
  });

  describe('where the session has ended', () => {
    const page = globalThis as { window?: EventTarget };
    beforeEach(() => {
      page.window = new EventTarget();
      handle = (_req, res) => {
        res.writeHead(signedInAgain ? 200 : 401, { 'Content-Type': 'application/json' });
        res.end(signedInAgain ? JSON.stringify(goldenMessage('person')) : '{}');
      };
      signedInAgain = false;
    });
    afterEach(() => delete page.window);
    let signedInAgain: boolean;

    it('goes on once somebody has signed in again', async () => {
      const stop = answerSignedOut(() => Promise.resolve((signedInAgain = true)));
      const both = [request(`${base}/`, 'personSchema'), requestNothing(`${base}/`, { method: 'POST' })];
      expect(await Promise.all(both)).toEqual([goldenMessage('person'), undefined]);
      stop();
    });

    it('is refused when they would not, when nobody can be asked, and for what ends the session', async () => {
      await expect(request(`${base}/`, 'personSchema')).rejects.toMatchObject({ status: 401 });
      const asked = jest.fn(() => Promise.resolve(false));
      const stop = answerSignedOut(asked);
      await expect(request(`${base}/`, 'personSchema')).rejects.toMatchObject({ status: 401 });
      expect(asked).toHaveBeenCalledTimes(1);
      const options = { waitsForSignIn: false };
      await expect(request(`${base}/`, 'personSchema', options)).rejects.toMatchObject({ status: 401 });
      expect(asked).toHaveBeenCalledTimes(1);
      stop();
    });
  });
});

describe('pathWithQuery', () => {
  it('leaves out what is not given', () => {
    expect(pathWithQuery('/api/people', { search: '민지', cursor: undefined, limit: 50, outcome: '' })).toBe(
      '/api/people?search=%EB%AF%BC%EC%A7%80&limit=50',
    );
    expect(pathWithQuery('/api/people')).toBe('/api/people');
  });
});
