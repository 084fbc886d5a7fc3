import { AccessRules } from '@munjigi/access-rules';
import { doorPersonSchema, type Change, type DoorId } from '@munjigi/contracts';
import { ChangeFeed } from '../../platform/change-feed/change-feed';
import { newId } from '../../platform/database/uuid';
import { MODEL_ID, TestAgent } from '../../testing/test-agent';
import { testEmbedding } from '../../testing/test-templates';
import { TestServer } from '../../testing/test-server';
import { RuleSets } from '../access/rule-sets.service';
import { TemplateVault } from '../people/template-vault';

const NEVER = { monday: [], tuesday: [], wednesday: [], thursday: [], friday: [], saturday: [], sunday: [] };
const CAPABILITIES = ['template-transform', 'access-rules', 'template-blocks', 'state-digest'];

/** A door as its agent keeps it: what it was sent, and nothing else. */
class HeldDoor {
  readonly people = new Set<string>();
  /** By template, whose it is. */
  readonly templates = new Map<string, string>();
  cursor = 0;
  /** All ids that it was ever told. */
  readonly heardOf = new Set<string>();

  constructor(
    readonly id: string,
    readonly agent: TestAgent,
  ) {}

  async pull(limit = 3): Promise<void> {
    for (;;) {
      const isEmpty = this.cursor === 0;
      const ask = { v: 1, afterRevision: this.cursor, limit, isEmpty };
      const page = (await this.agent.ask('sync.pull', ask)) as {
        changes: Change[];
        throughRevision: number;
        desiredRevision: number;
      };
      page.changes.forEach((change) => this.apply(change));
      this.cursor = page.throughRevision;
      if (page.throughRevision === page.desiredRevision) return;
    }
  }

  private apply(change: Change): void {
    if (change.kind === 'person.put') {
      this.people.add(change.person.id);
      this.heardOf.add(change.person.id);
    } else if (change.kind === 'person.delete') {
      this.heardOf.add(change.personId);
      this.people.delete(change.personId);
      for (const [id, personId] of this.templates)
        if (personId === change.personId) this.templates.delete(id);
    } else if (change.kind === 'template.put')
      this.templates.set(change.template.id, change.template.personId);
    else if (change.kind === 'template.delete') this.templates.delete(change.templateId);
  }
}

let server: TestServer;
const agents: TestAgent[] = [];

beforeAll(async () => {
  server = await (await TestServer.start()).signIn();
});
afterAll(() => server.close());
afterEach(() => agents.splice(0).forEach((agent) => agent.close()));

interface Sent {
  readonly id: string;
  readonly door: { readonly id: string };
  readonly agentToken: string;
}

const send = async (
  method: 'POST' | 'PUT' | 'PATCH' | 'DELETE',
  path: string,
  json?: object,
): Promise<Sent> => {
  const answer = await server.call(method, path, json ? { json } : {});
  if (answer.status >= 300) throw new Error(`${method} ${path}: ${JSON.stringify(answer.body)}`);
  return answer.body as Sent;
};
const name = () => `Thing ${newId().slice(-10)}`;
const makeGroup = async (): Promise<string> => (await send('POST', '/api/groups', { name: name() })).id;
const makeSchedule = async (more: object): Promise<string> =>
  (
    await send('POST', '/api/schedules', {
      ...{ name: name(), weekly: NEVER, holiday: null, holidayCalendarIds: [], exceptions: [] },
      ...more,
    })
  ).id;
const levelOf = (doorIds: readonly string[], scheduleId: string) => ({
  name: name(),
  entries: doorIds.length === 0 ? [] : [{ doors: { kind: 'doors', doorIds }, scheduleId }],
});
const makeLevel = async (doorIds: readonly string[], scheduleId: string): Promise<string> =>
  (await send('POST', '/api/access-levels', levelOf(doorIds, scheduleId))).id;

async function makeDoor(capabilities: readonly string[] = CAPABILITIES.slice(0, 2)): Promise<HeldDoor> {
  const { door, agentToken } = await send('POST', '/api/doors', { name: name() });
  const agent = await TestAgent.connect(server.url, agentToken);
  agents.push(agent);
  await agent.hello({ capabilities });
  return new HeldDoor(door.id, agent);
}

async function makePerson(groupIds: readonly string[]): Promise<{ id: string; templateId: string }> {
  const { id } = await send('POST', '/api/people', { name: name(), groupIds });
  const templateId = await server.dataSource.transaction(async (manager) => {
    const vault = server.running.app.get(TemplateVault, { strict: false });
    const given = { personId: id, modelId: MODEL_ID, origin: 'photo' as const, embedding: testEmbedding(1) };
    const template = await vault.add(manager, given);
    const change = { family: 'template' as const, entityId: template.id, deleted: false };
    await server.running.app.get(ChangeFeed).record(manager, [change]);
    return template.id;
  });
  return { id, templateId };
}

/** What a door is told ahead of the feed about somebody; what it has missed of others comes with its hello. */
const revocation = (door: HeldDoor, personId: string) =>
  door.agent.message<{ personIds: string[] }>('people.revoke', ({ personIds }) =>
    personIds.includes(personId),
  );

/** Whom the rules could ever let through a door, by the rules' own code. */
async function wantedAt(doorId: string): Promise<{ people: string[]; templates: string[] }> {
  const all = await server.running.app.get(RuleSets, { strict: false }).all();
  const rows = await server.dataSource.query<{ id: string; name: string; groups: string[] }[]>(
    `SELECT id, name, ARRAY(SELECT group_id::text FROM access_group_member WHERE person_id = person.id) AS groups
     FROM person`,
  );
  const people = rows.map((row) => doorPersonSchema.parse({ ...row, groupIds: row.groups }));
  const rules = new AccessRules({ ...all, people });
  const now = Date.now();
  const wanted = people.filter((person) =>
    rules.grantsAt(person, doorId as DoorId).some(({ scheduleId }) => {
      const schedule = rules.scheduleAt(doorId as DoorId, scheduleId);
      return schedule !== null && (schedule.covers(now) || schedule.nextChangeMs(now) !== null);
    }),
  );
  const ids = wanted.map(({ id }) => id);
  const templates = await server.dataSource.query<{ id: string }[]>(
    'SELECT id FROM template WHERE person_id = ANY($1)',
    [ids],
  );
  return { people: ids.sort(), templates: templates.map(({ id }) => id).sort() };
}

const heldBy = (door: HeldDoor) => ({
  people: [...door.people].sort(),
  templates: [...door.templates.keys()].sort(),
});

/** A number from 0 below a bound, each from the one before. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1664525 + 1013904223) % 4294967296;
    return Math.floor((state / 4294967296) * below);
  };
}

describe('a door', () => {
  it('holds whom the rules could ever let through it, whatever changes', async () => {
    const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 1e9));
    const next = numbers(seed);
    const some = <T>(from: readonly T[]): T[] => from.filter(() => next(2) === 1);
    const one = <T>(from: readonly T[]): T => from[next(from.length)]!;
    const calendar = await send('POST', '/api/holiday-calendars', {
      ...{ name: name(), days: [{ name: 'Day', date: '2026-01-01', yearly: true }] },
    });
    const always = { monday: [{ from: '00:00', to: '24:00' }] };
    const schedules = [
      await makeSchedule({ weekly: { ...NEVER, ...always } }),
      await makeSchedule({}),
      await makeSchedule({ holiday: always.monday, holidayCalendarIds: [calendar.id] }),
    ];
    const doors = [await makeDoor(), await makeDoor(), await makeDoor()];
    const doorIds = doors.map(({ id }) => id);
    const levels = [await makeLevel([], schedules[0]!), await makeLevel([], schedules[0]!)];
    const groups = [await makeGroup(), await makeGroup(), await makeGroup()];
    const people: string[] = [];
    for (let each = 0; each < 6; each++) people.push((await makePerson(some(groups))).id);
    const steps = [
      () => send('PUT', `/api/access-levels/${one(levels)}`, levelOf(some(doorIds), one(schedules))),
      () => send('PUT', `/api/groups/${one(groups)}/access`, { accessLevelIds: some(levels) }),
      async () => people[0] && send('PATCH', `/api/people/${one(people)}`, { groupIds: some(groups) }),
      async () => people.push((await makePerson(some(groups))).id),
      async () => {
        const [gone] = people.splice(next(people.length), 1);
        if (gone) await send('DELETE', `/api/people/${gone}`);
      },
      async () => {
        await send('DELETE', `/api/groups/${groups.splice(next(3), 1)[0]!}`);
        groups.push(await makeGroup());
      },
    ];
    for (let step = 0; step < 30; step++) {
      await one(steps)();
      // Not each door is level each time.
      for (const door of some(doors)) {
        await door.pull(1 + next(4));
        expect([seed, step, heldBy(door)]).toEqual([seed, step, await wantedAt(door.id)]);
      }
    }
    for (const door of doors) {
      await door.pull();
      expect([seed, heldBy(door)]).toEqual([seed, await wantedAt(door.id)]);
    }
  });

  it('never hears of people who have no way through it, nor does one that begins anew', async () => {
    const schedule = await makeSchedule({ weekly: { ...NEVER, monday: [{ from: '09:00', to: '18:00' }] } });
    const [other, mine] = [await makeDoor(), await makeDoor()];
    const [groupThere, groupHere] = [await makeGroup(), await makeGroup()];
    await send('PUT', `/api/groups/${groupThere}/access`, {
      accessLevelIds: [await makeLevel([other.id], schedule)],
    });
    await send('PUT', `/api/groups/${groupHere}/access`, {
      accessLevelIds: [await makeLevel([mine.id], schedule)],
    });
    const stranger = await makePerson([groupThere]);
    const friend = await makePerson([groupHere]);
    await mine.pull();
    expect(mine.people.has(friend.id)).toBe(true);
    expect(mine.heardOf.has(stranger.id)).toBe(false);
    await send('PATCH', `/api/people/${friend.id}`, { groupIds: [groupThere] });
    expect((await revocation(mine, friend.id)).personIds).toEqual([friend.id]);
    await other.pull();
    expect(other.people.has(friend.id)).toBe(true);
    expect(JSON.stringify(other.agent.received)).not.toContain(friend.id);
    await mine.pull();
    expect([mine.people.has(friend.id), mine.templates.has(friend.templateId)]).toEqual([false, false]);
  });

  it('forgets a whole group ahead of the feed when its level no longer leads there', async () => {
    const schedule = await makeSchedule({ weekly: { ...NEVER, monday: [{ from: '09:00', to: '18:00' }] } });
    const door = await makeDoor();
    const [group, level] = [await makeGroup(), await makeLevel([door.id], schedule)];
    await send('PUT', `/api/groups/${group}/access`, { accessLevelIds: [level] });
    const ids = [await makePerson([group]), await makePerson([group])].map(({ id }) => id).sort();
    await send('PUT', `/api/access-levels/${level}`, levelOf([], schedule));
    expect((await revocation(door, ids[0]!)).personIds.sort()).toEqual(ids);
  });

  it('misses nobody while rules and people change at the same time', async () => {
    const schedule = await makeSchedule({ weekly: { ...NEVER, monday: [{ from: '09:00', to: '18:00' }] } });
    const door = await makeDoor();
    const level = await makeLevel([door.id], schedule);
    const groups = [await makeGroup(), await makeGroup()];
    let isWriting = true;
    const open = async (group: string) => {
      for (let round = 0; round < 8; round++) {
        const accessLevelIds = round % 2 === 0 ? [level] : [];
        await send('PUT', `/api/groups/${group}/access`, { accessLevelIds });
      }
    };
    const join = async (groupIds: readonly string[]) => {
      const { id } = await makePerson([]);
      for (let round = 0; round < 6; round++)
        await send('PATCH', `/api/people/${id}`, { groupIds: round % 2 === 0 ? groupIds : [] });
      await send('PATCH', `/api/people/${id}`, { groupIds });
    };
    const read = async () => {
      while (isWriting) await door.pull(2);
    };
    const reading = read();
    await Promise.all([...groups.map(open), join(groups), join(groups.slice(1)), join(groups.slice(0, 1))]);
    await send('PUT', `/api/groups/${groups[0]!}/access`, { accessLevelIds: [level] });
    isWriting = false;
    await reading;
    await door.pull();
    expect(heldBy(door)).toEqual(await wantedAt(door.id));
    expect(door.people.size).toBeGreaterThan(0);
  });

  it('that reads 5,000 people of one change takes them in pages, each once', async () => {
    const schedule = await makeSchedule({ weekly: { ...NEVER, monday: [{ from: '09:00', to: '18:00' }] } });
    const door = await makeDoor();
    await door.pull();
    const group = await makeGroup();
    await server.dataSource.query(
      `WITH made AS (
         INSERT INTO person (id, name, at_doors, created_at, updated_at)
         SELECT gen_random_uuid(), 'Somebody', true, now(), now() FROM generate_series(1, 5000) RETURNING id
       ), told AS (
         INSERT INTO access_group_member (person_id, group_id) SELECT id, $1::uuid FROM made
       )
       INSERT INTO change (family, entity_id, deleted, revision)
       SELECT 'person', made.id, false, revision + row_number() OVER () FROM made, change_head`,
      [group],
    );
    await server.dataSource.query('UPDATE change_head SET revision = revision + 5000');
    await door.pull(500);
    const before = door.people.size;
    await send('PUT', `/api/groups/${group}/access`, {
      accessLevelIds: [await makeLevel([door.id], schedule)],
    });
    const sizes: number[] = [];
    for (let cursor = door.cursor, head = Infinity; cursor < head;) {
      const page = await door.agent.pull(cursor, 500);
      if (!page.ok) throw new Error(page.error.message);
      sizes.push(page.changes.filter(({ kind }) => kind === 'person.put').length);
      [cursor, head] = [page.throughRevision, page.desiredRevision];
    }
    expect([before, sizes.reduce((sum, size) => sum + size, 0)]).toEqual([0, 5000]);
    expect(Math.max(...sizes)).toBeLessThan(520);
  });
});
