import { isSameOrigin } from './same-origin';

describe('isSameOrigin', () => {
  const host = 'door.example:3000';

  it.each([
    ['a script', {}],
    ['our own page', { 'sec-fetch-site': 'same-origin', origin: 'http://door.example:3000' }],
    ['an address typed by a person', { 'sec-fetch-site': 'none' }],
    ['our own page in an old browser', { origin: 'http://door.example:3000' }],
    [
      'our own page behind a proxy that changes the host',
      { 'sec-fetch-site': 'same-origin', origin: 'https://door' },
    ],
  ])('lets %s through', (_, headers) => {
    expect(isSameOrigin({ host, ...headers })).toBe(true);
  });

  it.each([
    ['another site', { 'sec-fetch-site': 'cross-site' }],
    ['another site that shares the domain', { 'sec-fetch-site': 'same-site' }],
    ['another site in an old browser', { origin: 'https://evil.example' }],
    ['another port', { origin: 'http://door.example:4000' }],
    ['a page without an origin', { origin: 'null' }],
    ['an origin that is no URL', { origin: 'door.example:3000' }],
  ])('stops %s', (_, headers) => {
    expect(isSameOrigin({ host, ...headers })).toBe(false);
  });
});
