import { codeOfRefusal, passkeysPossible } from './passkeys';

const named = (name: string) => Object.assign(new Error('x'), { name });

describe('passkeys', () => {
  const scope = globalThis as { PublicKeyCredential?: unknown };
  afterEach(() => delete scope.PublicKeyCredential);

  it('are for hosts with a name, in browsers that know them', () => {
    expect(passkeysPossible('door.example.com')).toBe(false);
    scope.PublicKeyCredential = class {};
    expect(passkeysPossible('door.example.com')).toBe(true);
    expect(passkeysPossible('localhost')).toBe(true);
    expect(passkeysPossible('192.168.0.7')).toBe(false);
    expect(passkeysPossible('[::1]')).toBe(false);
  });

  it('say why the browser gave none', () => {
    expect(codeOfRefusal(named('NotAllowedError'))).toBe('client/passkey-cancelled');
    expect(codeOfRefusal(named('InvalidStateError'))).toBe('client/passkey-known');
    expect(codeOfRefusal(named('SecurityError'))).toBe('client/passkey-failed');
    expect(codeOfRefusal('x')).toBe('client/passkey-failed');
  });
});
