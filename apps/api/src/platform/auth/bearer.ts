import type { IncomingHttpHeaders } from 'node:http';

/** The token of an `Authorization: Bearer` header, or null when there is no such header. */
export function bearerOf({ authorization }: IncomingHttpHeaders): string | null {
  const found = /^bearer(?:\s+(\S*)\s*)?$/i.exec(authorization ?? '');
  return found ? (found[1] ?? '') : null;
}
