import { createHash } from 'node:crypto';
import { chainStartText, eventChainText } from './event-chain';

const EPOCH = '0198c2f0-7a3b-7c11-8a44-000000000008';
const sha256 = (text: string) => createHash('sha256').update(text).digest('base64url');

const FIRST = {
  id: '0198C2F0-7A3B-7C11-8A44-000000000041',
  sequence: 1,
  kind: 'access',
  occurredAt: '2026-10-01T18:30:00.5+09:00',
  monotonicMs: 15342.25,
  clockOffsetMs: null,
  trackId: '0198c2f0-7a3b-7c11-8a44-000000000042',
  outcome: 'granted',
  reason: 'matched',
  personId: '0198c2f0-7a3b-7c11-8a44-000000000001',
  similarity: 0.81,
  runnerUpSimilarity: null,
  similarityMin: 0.62,
  quality: 0.8,
  liveness: null,
  modelId: 'mobilefacenet-192',
  appliedRevision: 17,
  previousHash: sha256(chainStartText(EPOCH, 1)),
};

const SECOND = {
  id: '0198c2f0-7a3b-7c11-8a44-000000000043',
  sequence: 2,
  kind: 'hardware-fault',
  occurredAt: '2026-10-01T09:31:00.000Z',
  monotonicMs: 75342,
  clockOffsetMs: -12.5,
  details: { fault: '잠금 장치 ä "1"' },
  ofTheFuture: { z: 1, a: [true, null] },
  previousHash: sha256(eventChainText(EPOCH, FIRST)),
};

/** These bytes are signed by doors: they never change. */
describe('the chain of events', () => {
  it('begins and goes on with exactly these texts', () => {
    expect(chainStartText(EPOCH.toUpperCase(), 1)).toBe(`munjigi event chain ${EPOCH} 1`);
    expect(eventChainText(EPOCH, FIRST)).toBe(
      `{"appliedRevision":17,"epoch":"${EPOCH}","id":"0198c2f0-7a3b-7c11-8a44-000000000041","kind":"access",` +
        '"modelId":"mobilefacenet-192","monotonicMs":15342.25,"occurredAt":"2026-10-01T09:30:00.500Z",' +
        '"outcome":"granted","personId":"0198c2f0-7a3b-7c11-8a44-000000000001",' +
        `"previousHash":"${FIRST.previousHash}","quality":0.800000011920929,"reason":"matched","sequence":1,` +
        '"similarity":0.81,"similarityMin":0.62,"trackId":"0198c2f0-7a3b-7c11-8a44-000000000042","v":1}',
    );
    expect(eventChainText(EPOCH, SECOND)).toBe(
      `{"clockOffsetMs":-12.5,"details":{"fault":"잠금 장치 ä \\"1\\""},"epoch":"${EPOCH}",` +
        '"id":"0198c2f0-7a3b-7c11-8a44-000000000043","kind":"hardware-fault","monotonicMs":75342,' +
        '"occurredAt":"2026-10-01T09:31:00.000Z","ofTheFuture":{"a":[true,null],"z":1},' +
        `"previousHash":"${SECOND.previousHash}","sequence":2,"v":1}`,
    );
  });

  it('has exactly these hashes', () => {
    expect([FIRST.previousHash, SECOND.previousHash, sha256(eventChainText(EPOCH, SECOND))]).toEqual([
      'Y9j6OP3UrF75aIHk2x2YEJBlvgSscrghI5OClhqHcl0',
      'auHb7R88hNL9O9A2iIj-a3TDWzTFYDrESPryiWZK_u4',
      'ZLlBesBannt_5rN9scxt_Cn1cjleBKHfsdBe0iEweqM',
    ]);
  });
});
