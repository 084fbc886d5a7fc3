import { lookup, type LookupAddress } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { compile } from 'proxy-addr';

/** IPv4 addresses that are nobody's on the internet: IANA's special-purpose registry, multicast and reserved. */
const SPECIAL_IPV4 = [
  ...['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12'],
  ...['192.0.0.0/24', '192.0.2.0/24', '192.88.99.0/24', '192.168.0.0/16', '198.18.0.0/15', '198.51.100.0/24'],
  ...['203.0.113.0/24', '224.0.0.0/4', '240.0.0.0/4'],
];
/** All that is given out of IPv6, and what of it is special: protocols, documentation, 6to4 (it hides an IPv4). */
const GLOBAL_IPV6 = ['2000::/3'];
const SPECIAL_IPV6 = ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20'];

const isSpecialIPv4 = compile(SPECIAL_IPV4);
const isGlobalIPv6 = compile(GLOBAL_IPV6);
const isSpecialIPv6 = compile(SPECIAL_IPV6);

/** That a name leads to an address which may not be reached. */
export class ForbiddenAddress extends Error {
  override readonly name = 'ForbiddenAddress';
  readonly code = 'FORBIDDEN_ADDRESS';
}

/** Finds every address of a name; Node's own way unless given. */
export type Resolve = (
  name: string,
  answer: (error: Error | null, addresses: LookupAddress[]) => void,
) => void;

const resolveAll: Resolve = (name, answer) =>
  lookup(name, { all: true }, (error, addresses) => answer(error, addresses));

/**
 * Where the server may connect to when somebody else says where: to the internet, and to networks that the
 * configuration names; never by itself to this machine, its network, or a cloud's metadata service.
 */
export class OutboundNetworks {
  private readonly isNamed: (address: string) => boolean;

  /** @param named networks such as 10.0.0.0/8 that may be reached beside the internet */
  constructor(
    named: readonly string[],
    private readonly resolve: Resolve = resolveAll,
  ) {
    const trust = compile([...named]);
    this.isNamed = (address) => trust(address, 0);
  }

  /** Whether an address may be reached: with `http:` only in networks that the configuration names. */
  permits(address: string, protocol: string): boolean {
    if (isIP(address) === 0) return false;
    if (this.isNamed(address)) return true;
    return protocol === 'https:' && isPublic(address);
  }

  /** Whether a URL can be ruled out without asking what its name leads to. */
  rulesOut({ hostname, protocol }: URL): boolean {
    const host = withoutBrackets(hostname);
    return isIP(host) !== 0 && !this.permits(host, protocol);
  }

  /**
   * A way to look names up, for one connection: it gives the addresses that it has judged, so that what is connected to
   * is what was judged; when one of them may not be reached it gives none.
   */
  lookup(protocol: string): LookupFunction {
    return (name, { all }, answer) => {
      this.resolve(name, (error, addresses) => {
        if (error) return answer(error, '');
        const [first] = addresses;
        if (!first || !addresses.every(({ address }) => this.permits(address, protocol)))
          return answer(new ForbiddenAddress(`${name} leads to an address that may not be reached`), '');
        return all ? answer(null, addresses) : answer(null, first.address, first.family);
      });
    };
  }
}

/** An IPv6 address of a URL without what stands around it there. */
function withoutBrackets(hostname: string): string {
  return hostname.replace(/^\[|\]$/g, '');
}

function isPublic(address: string): boolean {
  // An IPv4 address in the clothes of an IPv6 one is looked at as what it is.
  const mapped = isIP(address) === 6 && /^::ffff:/i.test(address);
  if (isIP(address) === 4) return !isSpecialIPv4(address, 0);
  return !mapped && isGlobalIPv6(address, 0) && !isSpecialIPv6(address, 0);
}
