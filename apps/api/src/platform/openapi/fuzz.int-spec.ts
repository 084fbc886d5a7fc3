import fc from 'fast-check';
import { z } from 'zod';
import { newId } from '../database/uuid';
import { operationsOf, type Operation } from '../../testing/fuzz/json-schema';
import { requestsTo, type FuzzRequest } from '../../testing/fuzz/requests';
import { walkedObject, WALKED_OBJECTS } from '../../testing/access-walk/site-objects';
import { TestServer, type Caller } from '../../testing/test-server';
import { openApiDocument } from './openapi';

/** Thousands of requests, on a machine that may be busy; and as many as are asked for. */
jest.setTimeout(3_600_000);

/** Requests to each operation; a deep run is asked for with more. */
const DEEP = process.env.MUNJIGI_FUZZ_RUNS;
const RUNS = Number(DEEP ?? 5);
/** The suite says the same of the same code; a deep run draws its own, and prints it to be given again. */
const SEED = Number(process.env.MUNJIGI_FUZZ_SEED ?? (DEEP === undefined ? 1 : Date.now() % 2 ** 31));
/** Given, only operations that have it in their method and path. */
const ONLY = process.env.MUNJIGI_FUZZ_ONLY ?? '';
/** What is away in this test, by the codes of what says so. */
const UNAVAILABLE = ['vision/unavailable'];

let server: TestServer;
let operations: Operation[];
let site: string;
const known: string[] = [];
const taken = new Map<string, number>();
const counts = { requests: 0, taken: 0, refused: 0 };

beforeAll(async () => {
  server = await (await TestServer.start()).signIn();
  operations = operationsOf(openApiDocument(server.running.app)).filter(({ name }) => name.includes(ONLY));
  [{ id: site }] = await server.dataSource.query('SELECT id FROM site');
  known.push(site, newId());
  for (const [path, { belongs, make }] of Object.entries(WALKED_OBJECTS)) {
    if (belongs !== 'site' || path.startsWith('/api/administrators')) continue;
    const { id } = await make(server, site, await server.as('owner'));
    if (id !== undefined) known.push(id);
  }
});
afterAll(async () => {
  await server.close();
  const figures = JSON.stringify({ seed: SEED, runs: RUNS, operations: operations.length, ...counts });
  process.stdout.write(`fuzzing: ${figures}\n`);
});

/** Values for the parameters of a path, of an object made for it. */
async function pathOf(operation: Operation, caller: Caller): Promise<Record<string, string>> {
  const walked = walkedObject(operation.path.replace(/\{(\w+)\}/g, ':$1'));
  return walked ? { ...(await walked.make(server, site, caller)) } : {};
}

async function send(operation: Operation, { target, headers, body }: FuzzRequest, cookie: string) {
  const response = await fetch(server.url + target, {
    method: operation.method,
    headers: { ...headers, cookie },
    body: body === null ? null : Buffer.from(body, 'latin1'),
    redirect: 'manual',
  });
  const type = response.headers.get('content-type') ?? '';
  return { status: response.status, type, text: await response.text() };
}

type Sent = Awaited<ReturnType<typeof send>>;

/** What is wrong with an answer, or null. */
function faultOf(operation: Operation, { status, type, text }: Sent): string | null {
  if (status < 300) {
    const schema = operation.answers.get(status);
    if (schema === undefined) return `answers with ${status}, which the document does not know`;
    if (schema === null) return null;
    const parsed = z
      .fromJSONSchema(schema as never, { defaultTarget: 'openapi-3.0' })
      .safeParse(JSON.parse(text));
    return parsed.success
      ? null
      : `answers with what is not as its schema says: ${z.prettifyError(parsed.error)}`;
  }
  if (!type.startsWith('application/problem+json'))
    return `answers ${status} with ${type}, no problem document`;
  const problem = JSON.parse(text) as { code?: string; status?: number; title?: string };
  if (problem.status !== status || !/^[a-z-]+\/[a-z-]+$/.test(problem.code ?? '') || !problem.title)
    return `has a problem document that says too little: ${text}`;
  if (/\bat \S+ \(|node_modules|\.ts:\d|QueryFailed|INSERT INTO|UPDATE "|violates/.test(text))
    return `shows its insides: ${text}`;
  if (status === 503 && UNAVAILABLE.includes(problem.code ?? '')) return null;
  return status >= 500 ? `answers with ${status}` : null;
}

/** Everything that is wrong with the answers of one operation. */
async function faultsOf(operation: Operation): Promise<object[]> {
  let caller = await server.as('owner');
  const material = { known, path: await pathOf(operation, caller) };
  const requests = fc.sample(requestsTo(operation, material), { numRuns: RUNS, seed: SEED });
  const faults: object[] = [];
  for (const request of requests) {
    const answer = await send(operation, request, caller.cookie);
    counts.requests += 1;
    counts[answer.status < 300 ? 'taken' : 'refused'] += 1;
    if (answer.status < 300) taken.set(operation.name, (taken.get(operation.name) ?? 0) + 1);
    if (answer.status === 401) caller = await server.as('owner');
    const fault = faultOf(operation, answer);
    if (fault !== null) faults.push({ operation: operation.name, fault, request, log: logged() });
  }
  return faults;
}

/** What the server's log says of the latest fault of its own. */
function logged(): string | undefined {
  const line = server.logLines.findLast((each) => each.includes('server/internal'));
  const { err } = JSON.parse(line ?? '{}') as { err?: { message?: string; stack?: string } };
  return err?.stack?.split('\n').slice(0, 12).join('\n') ?? err?.message;
}

describe(`every operation of the document, with seed ${SEED}`, () => {
  it('answers whatever it is sent as the document says, never with a fault of its own', async () => {
    const faults: object[] = [];
    for (const operation of operations) faults.push(...(await faultsOf(operation)));
    expect(faults).toEqual([]);
    // What is refused all the time is not tried.
    expect(taken.size).toBeGreaterThan(operations.length * 0.5);
    const { status } = await server.call('GET', '/api/people');
    expect(status).toBe(200);
  });
});
