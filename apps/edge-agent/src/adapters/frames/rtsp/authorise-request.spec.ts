import { authorisation, bestChallenge } from './authorise-request';

const DIGEST =
  'Digest realm="testrealm@host.com", qop="auth,auth-int", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093"';
const WHO = { user: 'Mufasa', password: 'Circle Of Life' };

describe('bestChallenge', () => {
  it('takes the way that says least of the password', () => {
    const weak = 'Digest realm="a", nonce="b"';
    const strong = 'Digest realm="a", nonce="c", algorithm=SHA-256';
    expect(bestChallenge(['Basic realm="a"', weak, strong])).toMatchObject({ hash: 'sha256', nonce: 'c' });
    expect(bestChallenge(['Basic realm="a"', weak])).toMatchObject({ hash: 'md5', nonce: 'b' });
    expect(bestChallenge(['Basic realm="a"'])).toEqual({ scheme: 'basic' });
    expect(bestChallenge(['Digest realm="a", nonce="b", algorithm=NEW', 'Bearer x'])).toBeNull();
  });

  it('reads what is quoted, and what is not', () => {
    expect(bestChallenge(['Digest realm="a \\"b\\", c", nonce=d, opaque="e"'])).toMatchObject({
      ...{ realm: 'a "b", c', nonce: 'd', opaque: 'e', hasQop: false },
    });
  });
});

describe('authorisation', () => {
  const about = { method: 'GET', uri: '/dir/index.html', count: 1 };

  it('is that of RFC 2069 without, and answers to its own numbers with a quality of protection', () => {
    const old = bestChallenge([DIGEST.replace(/qop="[^"]*", /, '')])!;
    // MD5(MD5(user:realm:password):nonce:MD5(method:uri)), by another program.
    expect(authorisation(old, WHO, about)).toContain('response="670fd8c2df070c60b045671b8b24ff02"');
    const newer = authorisation(bestChallenge([DIGEST])!, WHO, { ...about, count: 10 });
    expect(newer).toMatch(/qop=auth, nc=0000000a, cnonce="[0-9a-f]{16}"/);
    expect(newer).toMatch(/^Digest username="Mufasa", realm="testrealm@host.com"/);
    expect(newer).not.toContain('Circle');
  });

  it('is plain where the camera knows nothing else', () => {
    expect(authorisation({ scheme: 'basic' }, { user: 'Aladdin', password: 'open sesame' }, about)).toBe(
      'Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==',
    );
  });
});
