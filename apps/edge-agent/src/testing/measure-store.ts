import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { DatabaseSync } from '@photostructure/sqlite';
import { v7 as uuidV7 } from 'uuid';
import { ExpendableFolder } from '../adapters/store/expendable-folder';
import { openStore } from '../adapters/store/open-store';
import { createLog } from '../log';
import { TargetState } from '../sync/target-state';
import { embeddingOf, eventDraft, personChanges } from './drafts';

const MODEL = { modelId: 'mobilefacenet-192', dimension: 192 };
const MIB = 1024 ** 2;
const PICTURE_BYTES = 20_000;
const SINGLE_APPENDS = 2_000;
const PAGE_PEOPLE = 500;

/** A program: measures a door's store with as much in it as it has to hold, a line of JSON for each figure. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      events: { type: 'string' },
      pictures: { type: 'string' },
      people: { type: 'string' },
      in: { type: 'string' },
    },
  });
  const directory = mkdtempSync(join(values.in ?? tmpdir(), 'munjigi-store-'));
  try {
    measureEvents(directory, Number(values.events ?? 5_000_000));
    measureGallery(directory, Number(values.people ?? 50_000));
    await measurePictures(directory, Number(values.pictures ?? 50_000));
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function measureEvents(directory: string, count: number): void {
  const store = openStore({ directory, modelId: MODEL.modelId });
  const single = timed(() => store.events.append(eventDraft()), SINGLE_APPENDS);
  tell('append one event, on the disk', single, 'ms');
  store.close();
  tell(
    `fill with ${count} events`,
    timed(() => fill(directory, count)),
    's',
  );
  const path = join(directory, 'agent.db');
  tell('size of the store', statSync(path).size / MIB, 'MiB');
  let full = openStore({ directory, modelId: MODEL.modelId });
  full.close();
  tell(
    'open the full store',
    timed(() => (full = openStore({ directory, modelId: MODEL.modelId }))),
    'ms',
  );
  const { events } = full;
  tell(
    'read the oldest 200',
    timed(() => events.pending(200)),
    'ms',
  );
  tell(
    'append one event to the full store',
    timed(() => events.append(eventDraft()), 200),
    'ms',
  );
  let through = 0;
  tell(
    'delete 200 acknowledged',
    timed(() => events.acknowledge((through += 200)), 100),
    'ms',
  );
  tell(
    `delete ${count} acknowledged at once`,
    timed(() => events.acknowledge(count)),
    'ms',
  );
  full.close();
}

/** As if all were appended: one by one it takes a door half an hour, which is no part of what is measured. */
function fill(directory: string, count: number): void {
  const database = new DatabaseSync(join(directory, 'agent.db'));
  const chunk = 50_000;
  for (let from = SINGLE_APPENDS + 1; from <= count; from += chunk) {
    database.exec('BEGIN');
    const insert = database.prepare('INSERT INTO outbox (sequence, event) VALUES (?, ?)');
    for (let sequence = from; sequence < from + chunk && sequence <= count; sequence += 1)
      insert.run(sequence, JSON.stringify({ ...eventDraft(), sequence }));
    database.exec('COMMIT');
  }
  database.prepare(`UPDATE meta SET value = ? WHERE key = 'last_sequence'`).run(String(count));
  database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  database.close();
}

function measureGallery(directory: string, people: number): void {
  const folder = join(directory, 'gallery');
  const store = openStore({ directory: folder, modelId: MODEL.modelId });
  const taken = timed(() => {
    for (let from = 0; from < people; from += PAGE_PEOPLE) {
      const changes = Array.from({ length: Math.min(PAGE_PEOPLE, people - from) }, (_, index) => {
        const names = { personId: uuidV7(), templateId: uuidV7(), name: `Person ${from + index}` };
        return personChanges({ ...names, embedding: embeddingOf(from + index) });
      });
      store.state.applyPage({ empty: false, changes: changes.flat(), throughRevision: from + PAGE_PEOPLE });
    }
  });
  tell(`take ${people} people in pages`, taken, 's');
  store.close();
  const opened = openStore({ directory: folder, modelId: MODEL.modelId });
  const target = new TargetState({ store: opened.state, model: MODEL, log: createLog({ level: 'silent' }) });
  tell(
    `load ${people} people`,
    timed(() => target.load()),
    'ms',
  );
  tell(
    'search them',
    timed(() => target.search(embeddingOf(7)), 50),
    'ms',
  );
  opened.close();
}

async function measurePictures(directory: string, count: number): Promise<void> {
  const folder = join(directory, 'pictures');
  mkdirSync(folder);
  const bytes = Buffer.alloc(PICTURE_BYTES, 9);
  const written = timed(() => {
    for (let index = 0; index < count; index += 1) writeFileSync(join(folder, `${index}.jpg`), bytes);
  });
  tell(`write ${count} pictures of 20 kB`, written, 's');
  const pictures = new ExpendableFolder({ name: 'pictures', directory: folder });
  const from = performance.now();
  await pictures.giveUp(100 * MIB);
  tell('give up the oldest 100 MiB of them', { wall: performance.now() - from, processor: NaN }, 'ms');
}

/** Wall time and processor time of some work, ms; the second hardly depends on what else the machine does. */
interface Taken {
  readonly wall: number;
  readonly processor: number;
}

function timed(work: () => unknown, times = 1): Taken {
  const [from, used] = [performance.now(), process.cpuUsage()];
  for (let time = 0; time < times; time += 1) work();
  const { user, system } = process.cpuUsage(used);
  return { wall: (performance.now() - from) / times, processor: (user + system) / 1000 / times };
}

function tell(what: string, taken: Taken | number, unit: string): void {
  const scale = unit === 's' ? 1000 : 1;
  const figures =
    typeof taken === 'number'
      ? { value: rounded(taken) }
      : { value: rounded(taken.wall / scale), processor: rounded(taken.processor / scale) };
  process.stdout.write(`${JSON.stringify({ what, unit, ...figures })}\n`);
}

function rounded(value: number): number {
  return Number(value.toPrecision(3));
}

void main();
