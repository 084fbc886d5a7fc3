import { OutboundNetworks } from '../../platform/http/outbound-networks';
import { answer, TestReceiver } from '../../testing/test-receiver';
import { postOnce } from './webhook-request';

const here = new OutboundNetworks(['127.0.0.0/8']);

let receiver: TestReceiver;
beforeEach(async () => {
  receiver = await TestReceiver.start();
});
afterEach(() => receiver.close());

const post = (url: string, { timeoutMs = 10_000, stopped = new AbortController().signal } = {}) => ({
  ...{ url, timeoutMs, stopped, body: '{"문":1}' },
  headers: { 'content-type': 'application/json', 'webhook-id': 'one' },
});

describe('a message', () => {
  it('is posted as it is, and what the receiver says is told in short', async () => {
    receiver.answering = answer(202, `  thanks\u0000 ${'🚪'.repeat(900)}`);
    const attempt = await postOnce(post(receiver.url('/hook?key=1')), here);
    expect(attempt).toMatchObject({ status: 202, fault: null });
    expect([...(attempt?.excerpt ?? '')].length).toBeLessThanOrEqual(500);
    expect(attempt?.excerpt).toMatch(/^thanks 🚪/);
    expect(attempt?.excerpt).not.toMatch(/\p{Surrogate}|\p{Control}/u);
    expect(receiver.received).toMatchObject([
      { path: '/hook?key=1', body: '{"문":1}', headers: { 'webhook-id': 'one', 'content-length': '9' } },
    ]);
  });

  it.each([
    [answer(500, 'no'), { status: 500, fault: 'refused', excerpt: 'no' }],
    [answer(404), { status: 404, fault: 'refused', excerpt: null }],
    [answer(410), { status: 410, fault: 'refused' }],
    [(res: { destroy: () => void }) => res.destroy(), { status: null, fault: 'unreachable' }],
  ])('that is not taken has failed', async (answering, expected) => {
    receiver.answering = answering;
    expect(await postOnce(post(receiver.url()), here)).toMatchObject(expected);
  });

  it('is not carried on to where an answer points', async () => {
    receiver.answering = answer(302, '', { location: receiver.url('/elsewhere') });
    expect(await postOnce(post(receiver.url('/hook')), here)).toMatchObject({
      status: 302,
      fault: 'redirected',
    });
    expect(receiver.received.map(({ path }) => path)).toEqual(['/hook']);
  });

  it('to somebody who never answers has failed in time', async () => {
    receiver.answering = () => undefined;
    const attempt = await postOnce(post(receiver.url(), { timeoutMs: 100 }), here);
    expect(attempt).toMatchObject({ status: null, fault: 'timeout' });
  });

  it('to somebody who takes it and then talks for ever is taken', async () => {
    receiver.answering = (res) => res.writeHead(200).write('so far');
    const attempt = await postOnce(post(receiver.url(), { timeoutMs: 100 }), here);
    expect(attempt).toMatchObject({ status: 200, fault: null, excerpt: 'so far' });
  });

  it('to where no server, or no name, is has failed', async () => {
    const url = receiver.url();
    await receiver.close();
    expect(await postOnce(post(url), here)).toMatchObject({ status: null, fault: 'unreachable' });
    receiver = await TestReceiver.start();
    const nameless = new OutboundNetworks([], (_, found) =>
      found(Object.assign(new Error('no such name'), { code: 'ENOTFOUND' }), []),
    );
    expect(await postOnce(post('https://nowhere.example/'), nameless)).toMatchObject({
      fault: 'unknown-host',
    });
  });

  it('to somebody without the TLS that was asked for has failed', async () => {
    const url = receiver.url().replace('http:', 'https:');
    expect(await postOnce(post(url), here)).toMatchObject({ status: null, fault: 'tls' });
  });

  it('never reaches an address that it may not, however that is named', async () => {
    const rebound = new OutboundNetworks([], (_, found) =>
      found(null, [{ address: '127.0.0.1', family: 4 }]),
    );
    const { port } = new URL(receiver.url());
    for (const url of [receiver.url(), `https://127.0.0.1:${port}/`, `https://rebound.example:${port}/`]) {
      expect(await postOnce(post(url), rebound)).toMatchObject({ status: null, fault: 'forbidden-address' });
    }
    expect(receiver.received).toEqual([]);
  });

  it('that is stopped has no result', async () => {
    receiver.answering = () => undefined;
    const stop = new AbortController();
    const posted = postOnce(post(receiver.url(), { stopped: stop.signal }), here);
    stop.abort();
    expect(await posted).toBeNull();
  });
});
