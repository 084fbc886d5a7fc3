import { Writable } from 'node:stream';
import pino from 'pino';
import { loggerOptions } from './logging';

function logged(fields: object): string {
  let text = '';
  const destination = new Writable({
    write(chunk: Buffer, _encoding, done) {
      text += chunk.toString();
      done();
    },
  });
  pino(loggerOptions('info'), destination).info(fields, 'something happened');
  return text;
}

describe('log lines', () => {
  it.each([
    ['a password', { password: 'secret!' }],
    ['a password of a body', { body: { password: 'secret!' } }],
    ['a session cookie', { req: { headers: { cookie: 'munjigi_session=secret!' } } }],
    ['a token that is set', { res: { headers: { 'set-cookie': 'munjigi_session=secret!' } } }],
    ['an authorization', { req: { headers: { authorization: 'Bearer secret!' } } }],
    ['an agent’s token', { door: { agentToken: 'secret!' } }],
    ['a handshake', { auth: { token: 'secret!' } }],
    ['an embedding', { template: { embedding: 'secret!' } }],
    ['a picture', { frame: { jpeg: 'secret!' } }],
    [
      'what a failed statement was run with',
      { err: Object.assign(new Error('x'), { parameters: ['secret!'] }) },
    ],
    [
      'the row that a failed statement named',
      { err: Object.assign(new Error('x'), { driverError: { detail: 'secret!' }, detail: 'secret!' }) },
    ],
    [
      'the same one level down',
      { err: new Error('x', { cause: Object.assign(new Error('y'), { detail: 'secret!' }) }) },
    ],
    ['bytes', { thing: Buffer.from('secret!') }],
    ['a header in a text', { note: 'sent Bearer secret!' }],
    ['a header in an error', { err: new Error('refused Bearer secret!') }],
    [
      'a token in what caused an error',
      { err: new Error('x', { cause: new Error('munjigi_session=secret!') }) },
    ],
  ])('do not hold %s', (_, fields) => {
    const line = logged(fields);
    expect(line).toContain('something happened');
    expect(line).not.toContain('secret!');
  });

  it('hold what an error says and what caused it', () => {
    const line = logged({
      err: new Error('outer', { cause: Object.assign(new Error('inner'), { code: 'X1' }) }),
    });
    expect(JSON.parse(line)).toMatchObject({
      err: { message: 'outer', cause: { message: 'inner', code: 'X1' } },
    });
  });
});
