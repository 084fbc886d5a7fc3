import type { ColumnOptions, ValueTransformer } from 'typeorm';

/** PostgreSQL's bigint as a number; everything we count stays far under 2^53. */
const safeInteger: ValueTransformer = {
  to: (value: unknown) => value,
  from: (value: string | null) => (value === null ? null : Number(value)),
};

/** Options of a column that counts: a bigint, read as a number. */
export const COUNT_COLUMN = { type: 'bigint', transformer: safeInteger } as const satisfies ColumnOptions;

/** Options of an instant: milliseconds, so that it survives JavaScript's `Date` unchanged. */
export const INSTANT_COLUMN = { type: 'timestamptz', precision: 3 } as const satisfies ColumnOptions;
