import type { LookupAddress } from 'node:dns';
import { OutboundNetworks } from './outbound-networks';

const internet = new OutboundNetworks([]);
const intranet = new OutboundNetworks(['10.1.0.0/16', 'fd00::/8']);

/** What a name's lookup gives when it leads to these addresses. */
function lookUp(addresses: readonly string[], { all = true, networks = [] as string[] } = {}) {
  const found = addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
  const outbound = new OutboundNetworks(networks, (_, answer) => answer(null, found));
  return new Promise<string | LookupAddress[]>((resolve, reject) =>
    outbound.lookup('https:')('name.example', { all }, (error, address) => {
      if (error) reject(error);
      else resolve(address);
    }),
  );
}

describe('an address', () => {
  it.each([
    ...['127.0.0.1', '0.0.0.0', '10.0.0.1', '172.16.3.4', '192.168.0.1', '169.254.169.254', '100.64.0.1'],
    ...[
      '198.18.0.1',
      '192.0.2.1',
      '224.0.0.1',
      '255.255.255.255',
      '::1',
      '::',
      'fe80::1',
      'fc00::1',
      'fd00:ec2::254',
    ],
    ...[
      'ff02::1',
      '::ffff:127.0.0.1',
      '::ffff:8.8.8.8',
      '64:ff9b::7f00:1',
      '2002:7f00:1::',
      '2001::1',
      '2001:db8::1',
    ],
    ...['localhost', '', '127.1', '8.8.8.8.example'],
  ])('%s is not reached by itself', (address) => {
    expect(internet.permits(address, 'https:')).toBe(false);
  });

  it.each(['8.8.8.8', '1.1.1.1', '172.32.0.1', '2606:4700::1111', '2a00:1450::1'])('%s is', (address) => {
    expect(internet.permits(address, 'https:')).toBe(true);
    // In the open only where the configuration says so.
    expect(internet.permits(address, 'http:')).toBe(false);
  });

  it('of a named network is reached, and no other', () => {
    for (const protocol of ['http:', 'https:']) {
      expect(intranet.permits('10.1.2.3', protocol)).toBe(true);
      expect(intranet.permits('fd12::1', protocol)).toBe(true);
      expect(intranet.permits('10.2.0.1', protocol)).toBe(false);
      expect(intranet.permits('127.0.0.1', protocol)).toBe(false);
    }
  });

  it.each([
    'https://0x7f.1/',
    'https://2130706433/',
    'https://[::1]/',
    'https://[::ffff:7f00:1]/',
    'http://8.8.8.8/',
  ])('is known in whatever way it is written: %s', (url) =>
    expect(internet.rulesOut(new URL(url))).toBe(true),
  );
});

describe('a name', () => {
  it('gives the addresses that were judged', async () => {
    await expect(lookUp(['8.8.8.8', '2606:4700::1111'])).resolves.toHaveLength(2);
    await expect(lookUp(['8.8.8.8'], { all: false })).resolves.toBe('8.8.8.8');
    await expect(lookUp(['10.0.0.7'], { networks: ['10.0.0.0/8'] })).resolves.toHaveLength(1);
  });

  it.each([[['169.254.169.254']], [['8.8.8.8', '127.0.0.1']], [['fe80::1']], [[]]])(
    'that leads to %j gives none',
    (addresses) => expect(lookUp(addresses)).rejects.toThrow('may not be reached'),
  );
});
