import { canonical } from './canonical';
import { chainStart, entryDigest, nextPlace } from './chain';
import { keyIdOf, signingKey } from './keys';

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

/** Reckoned by another program too. */
const GOLDEN = [
  'b90ed3d0800dec229fc7dfdbec5250a517e052cc04dde529caf17a70d885338a',
  '20b60a8ea1799e6bfdaef06be3b2a78d546ca60f8c3d506702d65075d4330e8f',
  1,
  'fd8900e0636fb9b087849d3d317000ed0ebad68c643916f041e8a864d7b603a0',
];

const ENTRY = {
  id: '0199f3c1-7b7a-7c11-8d10-5f1c4a2b3c4d',
  at: '2026-10-01T09:30:00.000Z',
  actorKind: 'system',
  actorId: null,
  actorName: 'retention',
  address: null,
  action: 'person/erased',
  subjectId: null,
  siteId: null,
  before: { b: 1, a: [true, 1e21, 0.1, '\u20ac'] },
  after: null,
  reason: null,
  details: {},
};

describe('the chain', () => {
  it('has hashes that never change: an account of today is checked in ten years', () => {
    const start = chainStart('0199f3c1-7b7a-7c11-8d10-5f1c4a2b3c4d');
    const digest = entryDigest(ENTRY);
    const place = nextPlace(start, digest);
    expect([hex(start.hash), hex(digest), place.position, hex(place.hash)]).toEqual(GOLDEN);
  });

  it('does not care in which order fields were written, and does for every value', () => {
    const { at, ...rest } = ENTRY;
    expect(entryDigest({ ...rest, at })).toEqual(entryDigest(ENTRY));
    for (const key of Object.keys(ENTRY) as (keyof typeof ENTRY)[]) {
      const changed = { ...ENTRY, [key]: 'something else' };
      expect(entryDigest(changed as never)).not.toEqual(entryDigest(ENTRY));
    }
  });

  it('tells one chain, place and predecessor from another', () => {
    const [a, b] = [chainStart('a'), chainStart('b')];
    const digest = entryDigest(ENTRY);
    const hashes = [a, b, { ...a, position: 1 }].map((place) => hex(nextPlace(place, digest).hash));
    expect(new Set(hashes).size).toBe(3);
  });

  it('writes JSON as RFC 8785 says', () => {
    expect(canonical({ '\u20ac': 1, '\r': 2, a: [1e21, -0, 0.1], '\ud83d\ude00': 'x' })).toBe(
      '{"\\r":2,"a":[1e+21,0,0.1],"\u20ac":1,"\ud83d\ude00":"x"}',
    );
    expect(() => canonical(undefined)).toThrow();
  });
});

describe('a key', () => {
  it('is that of RFC 8032’s first example', () => {
    const seed = Buffer.from('9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60', 'hex');
    const { publicKey, id } = signingKey(seed);
    expect(Buffer.from(publicKey, 'base64').subarray(12).toString('hex')).toBe(
      'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
    );
    expect(id).toBe(keyIdOf(publicKey));
  });
});
