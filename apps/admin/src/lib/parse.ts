const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)$/;

// What an address says is read here rather than by the contracts' schemas, which weigh more than a page.

/** The text as an id of the kind wanted; undefined when it is no UUID. */
export function idOf<T extends string>(text: string | null | undefined): T | undefined {
  return text && UUID.test(text) ? (text as T) : undefined;
}

/** The text as an instant, ISO 8601 with its offset; undefined when it is none. */
export function instantOf(text: string | null | undefined): string | undefined {
  return text && INSTANT.test(text) && !Number.isNaN(Date.parse(text)) ? text : undefined;
}

/** The word that the text is; undefined when it is none of them. */
export function oneOf<T extends string>(words: readonly T[], text: string | null | undefined): T | undefined {
  return words.find((word) => word === text);
}
