import fc from 'fast-check';
import type { JsonSchema } from './json-schema';

/** Objects that are there, so that a body which names some gets past the look for them. */
export type KnownIds = readonly string[];

const DAY_MS = 86_400_000;
/** More items than this say nothing new. */
const ITEMS_MAX = 3;

/** Values that a schema takes. What only code checks, such as an order of dates, is not known to it. */
export function validValue(schema: JsonSchema, known: KnownIds): fc.Arbitrary<unknown> {
  const value = nonNull(schema, known);
  return schema.nullable ? fc.oneof({ weight: 3, arbitrary: value }, fc.constant(null)) : value;
}

function nonNull(schema: JsonSchema, known: KnownIds): fc.Arbitrary<unknown> {
  if (schema.enum) return fc.constantFrom(...schema.enum);
  const choices = schema.oneOf ?? schema.anyOf;
  if (choices) return fc.oneof(...choices.map((choice) => validValue(choice, known)));
  if (schema.allOf) return all(schema.allOf.map((part) => validValue(part, known)));
  switch (schema.type) {
    case 'string':
      return text(schema, known);
    case 'integer':
    case 'number':
      return number(schema);
    case 'boolean':
      return fc.boolean();
    case 'array': {
      const [minLength, most] = [schema.minItems ?? 0, schema.maxItems ?? ITEMS_MAX];
      const maxLength = Math.max(minLength, Math.min(most, ITEMS_MAX));
      return fc.array(validValue(schema.items ?? {}, known), { minLength, maxLength });
    }
    case 'object':
      return object(schema, known);
    default:
      return fc.jsonValue({ maxDepth: 1 });
  }
}

function all(parts: readonly fc.Arbitrary<unknown>[]): fc.Arbitrary<unknown> {
  return fc.tuple(...parts).map((values) => Object.assign({}, ...(values as object[])) as unknown);
}

function object(schema: JsonSchema, known: KnownIds): fc.Arbitrary<unknown> {
  const fields = Object.entries(schema.properties ?? {}).map(
    ([name, inner]) => [name, validValue(inner, known)] as const,
  );
  const model = Object.fromEntries(fields);
  const requiredKeys = (schema.required ?? []).filter((name) => name in model);
  const record = fc.record(model, { requiredKeys });
  if (typeof schema.additionalProperties !== 'object') return record;
  const key = validValue(schema.propertyNames ?? { type: 'string', maxLength: 12 }, known);
  return fc
    .dictionary(key as fc.Arbitrary<string>, validValue(schema.additionalProperties, known), { maxKeys: 2 })
    .chain((more) => record.map((named) => ({ ...more, ...named })));
}

function number({ type, minimum, maximum, exclusiveMinimum }: JsonSchema): fc.Arbitrary<number> {
  const least = typeof exclusiveMinimum === 'number' ? exclusiveMinimum : (minimum ?? -1_000);
  const [min, max] = [Math.max(least, -(2 ** 31)), Math.min(maximum ?? 2 ** 31, 2 ** 40)];
  if (type === 'integer') return fc.integer({ min: exclusiveMinimum ? Math.floor(min) + 1 : min, max });
  return fc.double({ min, max, noNaN: true, minExcluded: Boolean(exclusiveMinimum) });
}

function text(schema: JsonSchema, known: KnownIds): fc.Arbitrary<string> {
  const { format, pattern, minLength = 0, maxLength = 24 } = schema;
  if (format === 'uuid') {
    const random = fc.uuid({ version: 7 });
    return known.length === 0
      ? random
      : fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...known) }, random);
  }
  // Around now, or else nothing that looks at the time lets them in.
  const moment = fc.integer({ min: -400, max: 400 }).map((days) => new Date(Date.now() + days * DAY_MS));
  if (format === 'date-time') return moment.map((date) => date.toISOString());
  if (format === 'date') return moment.map((date) => date.toISOString().slice(0, 10));
  if (format === 'email') return fc.stringMatching(/^[a-z]{3,8}@[a-z]{3,8}\.example$/);
  const inBounds = (value: string) =>
    value.length >= minLength && value.length <= (schema.maxLength ?? 1_000);
  return (
    matching(pattern) ?? fc.string({ minLength, maxLength: Math.max(minLength, Math.min(maxLength, 24)) })
  ).filter(inBounds);
}

/** Undefined when the pattern says no more than what every text of ours may be, or more than can be made. */
function matching(pattern: string | undefined): fc.Arbitrary<string> | undefined {
  if (pattern === undefined || pattern.startsWith('^[^')) return undefined;
  if (pattern.startsWith('^[A-Za-z][A-Za-z0-9_+-]*(?:\\/'))
    return fc.constantFrom('Asia/Seoul', 'Europe/Berlin', 'UTC');
  return fc.stringMatching(new RegExp(pattern));
}
