import { randomBytes } from 'node:crypto';
import { LeakSearch } from './leak-search';

const bytes = randomBytes(4_000);
const embedding = Float32Array.from({ length: 128 }, () => Math.random() - 0.5);

function search(): LeakSearch {
  const leaks = new LeakSearch();
  leaks.text('a password', 'open "sesame"');
  leaks.bytes('a picture', bytes);
  leaks.embedding('an embedding', embedding);
  leaks.fieldsOf({ user: { newPassword: 'hidden-in-a-body' }, recoveryCodes: ['aaaa-bbbb-cccc'] });
  return leaks;
}

describe('a search for leaks', () => {
  const raw = Buffer.from(embedding.buffer);
  it.each([
    ['a password', 'open "sesame"', 'a password'],
    ['a password in JSON', JSON.stringify({ a: 'open "sesame"' }), 'a password'],
    ['a password in base64', Buffer.from('open "sesame"').toString('base64'), 'a password'],
    ['a picture in base64', bytes.toString('base64'), 'a picture'],
    ['a part of a picture in base64', bytes.subarray(1_001, 1_900).toString('base64'), 'a picture'],
    ['a picture in hexadecimal', bytes.toString('hex'), 'a picture'],
    ['a picture as numbers', JSON.stringify(bytes.toJSON()), 'a picture'],
    ['a picture raw', bytes.toString('latin1'), 'a picture'],
    ['an embedding as numbers', JSON.stringify([...embedding]), 'an embedding'],
    ['an embedding in base64', raw.toString('base64'), 'an embedding'],
    ['an embedding in hexadecimal', raw.toString('hex'), 'an embedding'],
    ['a field of a request', 'hidden-in-a-body', 'newPassword'],
    ['a code of a list', 'aaaa-bbbb-cccc', 'recoveryCodes'],
  ])('finds %s', (_, text, secret) => {
    const found = search().in(['{"level":"info"}', `{"msg":"${text}"}`]);
    expect(found.map((leak) => leak.secret)).toContain(secret);
  });

  it('finds nothing where there is nothing', () => {
    expect(search().in(['{"level":"info","msg":"request answered","id":"0199f3c1"}'])).toEqual([]);
  });
});
