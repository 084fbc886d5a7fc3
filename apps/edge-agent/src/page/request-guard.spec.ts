import { refusalOf, type RequestOrigin } from './request-guard';

const asked = (more: Partial<RequestOrigin>) =>
  refusalOf({ method: 'GET', host: '127.0.0.1:8080', origin: undefined, fetchSite: undefined, ...more });

describe('a request to the page', () => {
  it.each(['127.0.0.1:8080', 'localhost:9000', '[::1]:8080', '192.168.0.7', 'LOCALHOST'])(
    'for the host %s is answered',
    (host) => expect(asked({ host })).toBeNull(),
  );
  it.each([
    undefined,
    '',
    'evil.example',
    '127.0.0.1.evil.example:8080',
    'localhost.evil.example',
    'a@127.0.0.1',
    '127.0.0.1/x',
  ])('for the host %s, which somebody else’s DNS may name, is refused', (host) =>
    expect(asked({ host })).toBe('host'),
  );
  it('that changes something is answered from the page itself, and from a program', () => {
    const method = 'POST';
    expect(asked({ method, origin: 'http://127.0.0.1:8080', fetchSite: 'same-origin' })).toBeNull();
    expect(asked({ method })).toBeNull();
  });
  it.each([
    { origin: 'http://evil.example' },
    { origin: 'null' },
    { origin: 'http://127.0.0.1:3000', fetchSite: 'same-site' },
    { origin: 'http://127.0.0.1:8080', fetchSite: 'cross-site' },
    { fetchSite: 'same-origin' },
  ])('that changes something is refused with %j', (more) =>
    expect(asked({ method: 'POST', ...more })).toBe('origin'),
  );
  it.each(['cross-site', 'same-site'])('that reads is refused from a page that is %s', (fetchSite) =>
    expect(asked({ fetchSite })).toBe('origin'),
  );
});
