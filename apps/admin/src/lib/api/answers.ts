import type * as contracts from '@munjigi/contracts';
import type { z } from 'zod';
import { isProduction } from '@/config';

type Contracts = typeof contracts;

/** The name of a schema of the contracts. */
export type SchemaName = {
  [K in keyof Contracts]: Contracts[K] extends z.ZodType ? K : never;
}[keyof Contracts];

/** What the schema of this name reads. */
export type Answer<N extends SchemaName> = z.output<Contracts[N]>;

/** The names of the schemas that read a `T`. */
export type SchemaOf<T> = { [K in SchemaName]: Answer<K> extends T ? K : never }[SchemaName];

/**
 * The body as what the schema reads; null when it is not that.
 *
 * The schemas are heavier than all of our own code that a page loads, and the server checks what it sends against the
 * same ones in its tests. So a browser in production is content with a JSON document; every test and every developer's
 * console is not.
 */
export async function readAnswer<N extends SchemaName>(schema: N, body: unknown): Promise<Answer<N> | null> {
  if (isProduction) return typeof body === 'object' ? (body as Answer<N> | null) : null;
  const { [schema]: contract } = await import('@munjigi/contracts');
  return (contract.safeParse(body).data ?? null) as Answer<N> | null;
}
