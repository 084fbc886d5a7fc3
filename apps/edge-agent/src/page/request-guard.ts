import { isIP } from 'node:net';

/** What a request says of where it comes from and where it believes to go. */
export interface RequestOrigin {
  readonly method: string;
  readonly host: string | undefined;
  readonly origin: string | undefined;
  /** The header `Sec-Fetch-Site`. */
  readonly fetchSite: string | undefined;
}

/** Requests that change nothing. */
const READS: ReadonlySet<string> = new Set(['GET', 'HEAD']);

/**
 * Says why a request must not be answered, or null when it may.
 *
 * A name that somebody else's DNS points here would make their page ours: only addresses and `localhost` are taken as
 * the host. Another site's page may not read, and may not send: what changes something comes with our own origin, or
 * with none at all, as programs send it.
 */
export function refusalOf({ method, host, origin, fetchSite }: RequestOrigin): 'host' | 'origin' | null {
  const name = host === undefined ? null : nameOf(host);
  if (name === null || !(name === 'localhost' || isIP(name) !== 0)) return 'host';
  if (fetchSite === 'cross-site' || fetchSite === 'same-site') return 'origin';
  if (origin !== undefined && origin !== `http://${host}` && origin !== `https://${host}`) return 'origin';
  // Browsers name the origin of everything that changes something: one that does not is no browser, and has no cookie.
  return READS.has(method) || origin !== undefined || fetchSite === undefined ? null : 'origin';
}

/** The host's name or address in lower case, without its port and an IPv6 address' brackets; null: it is none. */
function nameOf(host: string): string | null {
  const url = URL.parse(`http://${host}`);
  if (!url || url.host === '' || url.username !== '' || url.pathname !== '/') return null;
  return url.hostname.toLowerCase().replace(/^\[(.*)\]$/, '$1');
}
