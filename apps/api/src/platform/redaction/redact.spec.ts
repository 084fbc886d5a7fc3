import { randomBytes } from 'node:crypto';
import { REDACTED, redact, redactText } from './redact';

const picture = randomBytes(2_000);
const embedding = Float32Array.from({ length: 128 }, Math.random);

describe('redact', () => {
  it.each([
    ['a password', { password: 'open sesame' }],
    ['a new password, deep inside', { body: [{ account: { newPassword: 'open sesame' } }] }],
    ['a cookie', { headers: { 'set-cookie': ['open sesame'] } }],
    ['a token', { agentToken: 'open sesame' }],
    ['a field that is a list', { recoveryCodes: ['open sesame'] }],
    ['an agent’s token in a text', { note: 'sent mnj_agent_opensesameopensesame to it' }],
    ['a session in a text', { note: 'munjigi_session=opensesame; path=/' }],
    ['a header in a text', { note: 'authorization: Bearer opensesame' }],
  ])('takes out %s', (_, value) => {
    expect(JSON.stringify(redact(value))).not.toMatch(/open ?sesame/);
    expect(JSON.stringify(redact(value))).toContain(REDACTED);
  });

  it.each([
    ['bytes', picture],
    ['an array of bytes', new Uint8Array(picture)],
    ['a buffer that was made JSON', picture.toJSON()],
    ['an embedding', embedding],
    ['an embedding as numbers', [...embedding]],
    ['bytes in base64', picture.toString('base64')],
    ['bytes in hexadecimal', picture.toString('hex')],
    ['a picture in a text', `data:image/jpeg;base64,${picture.subarray(0, 60).toString('base64')}`],
  ])('takes out %s', (_, value) => {
    expect(JSON.stringify(redact({ a: { b: [value] } }))).toBe(`{"a":{"b":["${REDACTED}"]}}`);
  });

  it('leaves what an account needs', () => {
    const kept = {
      name: '김민지',
      passwordChanged: true,
      tokenId: '0199f3c1-7b7a-7c11-8d10-5f1c4a2b3c4d',
      hash: 'a'.repeat(64),
      signature: 'b'.repeat(128),
      thresholds: [0.1, 0.2],
      at: new Date(0),
      photo: null,
      nothing: undefined,
    };
    expect(redact(kept)).toEqual(kept);
  });

  it('does not change what it is given', () => {
    const given = { password: 'open sesame', list: [{ token: 'x' }] };
    redact(given);
    expect(given).toEqual({ password: 'open sesame', list: [{ token: 'x' }] });
  });

  it('ends in what refers to itself', () => {
    const ring: Record<string, unknown> = {};
    ring.self = ring;
    expect(JSON.stringify(redact(ring))).toContain(REDACTED);
  });

  it('leaves a text without secrets as it is', () => {
    expect(redactText('door/changed at 10:00, mnj_agent_ is how tokens begin')).toBe(
      'door/changed at 10:00, mnj_agent_ is how tokens begin',
    );
  });
});
