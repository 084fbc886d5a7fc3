import canonicalize from 'canonicalize';

/** A JSON value as RFC 8785 (JCS) writes it: one text for one value. @throws when it is no JSON value */
export function canonical(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined) throw new Error('There is no canonical form of what is no JSON value.');
  return text;
}
