import type { IncomingHttpHeaders } from 'node:http';

/**
 * Whether a request comes from our own pages, or from a program that is no browser.
 *
 * Browsers say where a request comes from, in `Sec-Fetch-Site` and in `Origin`, and pages cannot forge either; a
 * request with neither comes from a script, which has no cookie that another site could abuse.
 */
export function isSameOrigin(headers: IncomingHttpHeaders): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin' || site === 'none';
  const { origin } = headers;
  if (origin === undefined) return true;
  const host = URL.parse(origin)?.host;
  return host !== undefined && host === headers.host;
}
