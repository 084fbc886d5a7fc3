import fc from 'fast-check';

/** Values that a careless server falls over. */
export const hostileValue: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(
    ...[null, true, false, 0, -1, 0.5, -0.0001, 2 ** 31, 2 ** 53, -(2 ** 53), 2 ** 63, 1e308, 5e-324],
    ...['', ' ', '\u0000', 'a\u0000b', '\ud800', 'x\udfff', '\ufeff', '\u202eabc', '문지기', '🚪'.repeat(40)],
    ...[
      'NaN',
      'Infinity',
      '-1',
      '1e999',
      'null',
      'undefined',
      '%',
      '%00',
      '\\',
      "'; --",
      '{{7*7}}',
      '__proto__',
    ],
    ...[
      '0001-01-01T00:00:00Z',
      '9999-12-31T23:59:59.999Z',
      '2026-02-30T00:00:00Z',
      '+275760-09-13T00:00:00Z',
    ],
    ...[
      '0000-01-01',
      '0001-01-01',
      '9999-12-31',
      '2026-13-45',
      '00:00',
      '24:00',
      '2026-01-01T00:00:00+23:59',
    ],
    ...['Etc/GMT+14', 'Nowhere/City', 'constructor', 'toString', '00000000-0000-0000-0000-000000000000'],
    ...['ffffffff-ffff-ffff-ffff-ffffffffffff', 'a'.repeat(10_000), '\u{1d11e}'.repeat(5_000)],
    ...[[], {}, [[]], [null], [{}], { id: null }, { length: 1e9 }, { toString: 1 }, { $ne: null }],
    Array.from({ length: 1_000 }, () => 0),
    Array.from({ length: 1_000 }, (_, index) => `00000000-0000-7000-8000-${String(index).padStart(12, '0')}`),
    Object.fromEntries(Array.from({ length: 1_000 }, (_, index) => [`key${index}`, index])),
  ),
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 2 }) },
);

/** What a mutation does to one place of a value. */
type Mutation =
  | { readonly kind: 'put'; readonly at: number; readonly value: unknown }
  | { readonly kind: 'drop'; readonly at: number }
  | { readonly kind: 'add'; readonly at: number; readonly key: string; readonly value: unknown }
  | { readonly kind: 'repeat'; readonly at: number };

const mutation: fc.Arbitrary<Mutation> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ kind: fc.constant('put' as const), at: fc.nat(1_000), value: hostileValue }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('drop' as const), at: fc.nat(1_000) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('add' as const),
      at: fc.nat(1_000),
      key: fc.constantFrom('__proto__', 'constructor', 'id', 'siteId', 'extra', '\u0000', ''),
      value: hostileValue,
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('repeat' as const), at: fc.nat(1_000) }) },
);

/** The values with one to three places spoilt. */
export function spoilt(valid: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  return fc
    .tuple(valid, fc.array(mutation, { minLength: 1, maxLength: 3 }))
    .map(([value, mutations]) => mutations.reduce(apply, structuredClone(value)));
}

type Holder = Record<string, unknown> | unknown[];
interface Place {
  readonly holder: Holder;
  readonly key: string;
}

function apply(root: unknown, change: Mutation): unknown {
  const places = placesOf(root);
  // The whole is a place too.
  const place = places[change.at % (places.length + 1)];
  if (!place) return change.kind === 'put' ? change.value : root;
  const holder = place.holder as Record<string, unknown>;
  if (change.kind === 'put') holder[place.key] = structuredClone(change.value);
  else if (change.kind === 'drop') Reflect.deleteProperty(holder, place.key);
  else if (change.kind === 'repeat') holder[place.key] = repeated(holder[place.key]);
  else
    Object.defineProperty(holder, change.key, {
      value: change.value,
      enumerable: true,
      writable: true,
      configurable: true,
    });
  return root;
}

/** A thousand times, or a few times where it is large itself. */
function repeated(value: unknown): unknown[] {
  const times = (JSON.stringify(value) ?? '').length < 50 ? 1_000 : 3;
  return Array.from({ length: times }, () => value);
}

function placesOf(value: unknown): Place[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.keys(value).flatMap((key) => [
    { holder: value as Holder, key },
    ...placesOf((value as Record<string, unknown>)[key]),
  ]);
}
