import fc from 'fast-check';
import type { JsonSchema, Operation, Parameter } from './json-schema';
import { hostileValue, spoilt } from './hostile-values';
import { validValue, type KnownIds } from './valid-values';

/** A request, as it is put on the wire. */
export interface FuzzRequest {
  /** Path and query. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Bytes as latin1, so that a failing request can be printed and sent again. */
  readonly body: string | null;
}

/** What the requests of an operation are made from. */
export interface Material {
  readonly known: KnownIds;
  /** Values for the path's parameters that lead to something. */
  readonly path: Readonly<Record<string, string>>;
}

const BOUNDARY = 'fuzzed-boundary';
const utf8 = (text: string) => Buffer.from(text, 'utf8').toString('latin1');

/** Requests to one operation: as many that it should take as others. */
export function requestsTo(operation: Operation, material: Material): fc.Arbitrary<FuzzRequest> {
  const valid = fc.record({
    target: fc.tuple(path(operation, material, false), query(operation, material, false)).map(joined),
    body: goodBody(operation, material.known),
  });
  const bad = fc.record({
    target: fc.tuple(path(operation, material, true), query(operation, material, true)).map(joined),
    body: fc.oneof(goodBody(operation, material.known), badBody(operation, material.known)),
  });
  const justBody = fc.record({
    target: fc.tuple(path(operation, material, false), query(operation, material, false)).map(joined),
    body: badBody(operation, material.known),
  });
  const weightOfBody = operation.body === null ? 1 : 6;
  return fc
    .oneof(
      { weight: 5, arbitrary: valid },
      { weight: 3, arbitrary: bad },
      { weight: weightOfBody, arbitrary: justBody },
    )
    .map(({ target, body }) => ({ target, ...body }));
}

const joined = ([path, query]: [string, string]) => path + query;

interface Body {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
}
const NO_BODY: Body = { headers: {}, body: null };
const JSON_TYPE = { 'content-type': 'application/json' };
const json = (value: unknown): Body => ({ headers: JSON_TYPE, body: utf8(JSON.stringify(value) ?? '') });

function goodBody({ body }: Operation, known: KnownIds): fc.Arbitrary<Body> {
  if (body === null) return fc.constant(NO_BODY);
  if (body.type === 'multipart/form-data') return form(body.schema, known);
  return validValue(body.schema, known).map(json);
}

function badBody(operation: Operation, known: KnownIds): fc.Arbitrary<Body> {
  const { body, method } = operation;
  if (method === 'GET') return fc.constant(NO_BODY);
  if (body === null || body.type === 'multipart/form-data') {
    return fc.oneof(broken, hostileValue.map(json), form(body?.schema ?? {}, known));
  }
  const valid = validValue(body.schema, known);
  return fc.oneof({ weight: 6, arbitrary: spoilt(valid).map(json) }, { weight: 2, arbitrary: broken });
}

/** What is no JSON, or is none of ours. */
const broken: fc.Arbitrary<Body> = fc.oneof(
  fc
    .constantFrom(
      ...[
        '',
        ' ',
        '{',
        '[',
        '"',
        '{"a":',
        '{"a":1e999}',
        'nul',
        '\ufeff{}',
        '{"a":1,"a":2}',
        '{"__proto__":{"x":1}}',
      ],
      ...[
        '[1e400]',
        '{"\\u0000":1}',
        '['.repeat(5_000),
        '{"a":'.repeat(5_000),
        '"\xff\xfe"',
        `"${'x'.repeat(200_000)}"`,
      ],
    )
    .map((body) => ({ headers: JSON_TYPE, body })),
  fc
    .constantFrom(
      ...[
        'text/plain',
        'application/xml',
        'application/json; charset=utf-16',
        'application/json; charset=klingon',
      ],
      ...[
        'application/x-www-form-urlencoded',
        'multipart/form-data',
        'multipart/form-data; boundary=',
        ';',
        'json',
      ],
    )
    .map((type) => ({ headers: { 'content-type': type }, body: '{"name":"x"}' })),
  fc
    .constantFrom('gzip', 'br', 'deflate', 'identity', 'zstd', 'klingon')
    .map((encoding) => ({ headers: { ...JSON_TYPE, 'content-encoding': encoding }, body: '{"name":"x"}' })),
);

/** Files that are none, in fields that are there or not. */
function form(schema: JsonSchema, known: KnownIds): fc.Arbitrary<Body> {
  const part = fc.record({
    name: fc.constantFrom(...Object.keys(schema.properties ?? {}), 'other', '', '__proto__', 'a\u0000'),
    file: fc.constantFrom(
      '',
      '; filename="people.csv"',
      '; filename="photo.jpg"',
      '; filename="../../x.zip"',
    ),
    content: fc.oneof(
      fc.constantFrom(
        'name\nKim\n',
        'PK\u0003\u0004',
        'PK\u0005\u0006',
        '\xff\xd8\xff\xe0',
        '\x89PNG\r\n\x1a\n',
        '',
        'GIF89a',
      ),
      fc.string({ maxLength: 200 }).map(utf8),
      validValue({ type: 'string', format: 'uuid' }, known).map(String),
    ),
  });
  const close = fc.constantFrom(`--${BOUNDARY}--\r\n`, `--${BOUNDARY}--\r\n`, '');
  return fc.tuple(fc.array(part, { maxLength: 3 }), close).map(([parts, end]) => ({
    headers: { 'content-type': `multipart/form-data; boundary=${BOUNDARY}` },
    body:
      parts
        .map(({ name, file, content }) =>
          [`--${BOUNDARY}`, `content-disposition: form-data; name="${name}"${file}`, '', content, ''].join(
            '\r\n',
          ),
        )
        .join('') + end,
  }));
}

function path(operation: Operation, material: Material, isBad: boolean): fc.Arbitrary<string> {
  const good = filled(operation.path, (name) => encodeURIComponent(material.path[name] ?? 'x'));
  if (!isBad || !operation.path.includes('{')) return fc.constant(good);
  const hostile = fc.oneof(
    fc.uuid({ version: 7 }),
    fc.constantFrom(
      '%00',
      '%zz',
      '%ff',
      '..%2f..',
      'null',
      '0',
      '-1',
      '*',
      '%20',
      'a'.repeat(3_000),
      '%ED%A0%80',
    ),
    hostileValue
      .filter((value) => typeof value !== 'object')
      .map((value) => escaped(String(value).slice(0, 1_000))),
    fc.constantFrom(...material.known),
  );
  return fc.array(hostile, { minLength: 4, maxLength: 4 }).map((values) => {
    let next = 0;
    return filled(operation.path, () => values[next++ % values.length] || 'x');
  });
}

const filled = (path: string, value: (name: string) => string) =>
  path.replace(/\{(\w+)\}/g, (_, name: string) => value(name));

function query(operation: Operation, { known }: Material, isBad: boolean): fc.Arbitrary<string> {
  const parameters = operation.parameters.filter((parameter) => parameter.in === 'query');
  if (parameters.length === 0)
    return isBad ? fc.constantFrom('', '?a=1', '?a[b]=1&a=2', '?%', '?__proto__[x]=1') : fc.constant('');
  const pairs = parameters.map((parameter) => pairOf(parameter, known, isBad));
  return fc.tuple(...pairs).map((found) => {
    const given = found.filter((pair) => pair !== '');
    return given.length === 0 ? '' : `?${given.join('&')}`;
  });
}

function pairOf(
  { name, schema = {}, required }: Parameter,
  known: KnownIds,
  isBad: boolean,
): fc.Arbitrary<string> {
  const value = validValue(schema, known).map((each) => `${name}=${escaped(String(each))}`);
  const absent = fc.constant('');
  if (!isBad) return required ? value : fc.oneof(value, { weight: 2, arbitrary: absent });
  const hostile = hostileValue.map((each) => `${name}=${escaped(textOf(each).slice(0, 1_000))}`);
  const shape = fc.constantFrom(
    `${name}=1&${name}=2`,
    `${name}[]=1`,
    `${name}[a]=b`,
    `${name}=%zz`,
    `${name}=%00`,
    name,
  );
  return fc.oneof(value, hostile, shape, { weight: 3, arbitrary: absent });
}

const textOf = (value: unknown) => (typeof value === 'string' ? value : (JSON.stringify(value) ?? ''));

/** Percent-encoded; a lone surrogate as what it would be in UTF-8. */
function escaped(text: string): string {
  return /\p{Surrogate}/u.test(text) ? '%ED%A0%80' : encodeURIComponent(text);
}
