import { generateKeyPairSync, sign, verify } from 'node:crypto';
import { checkpointText, eventsCheckpointSchema, type EventsCheckpoint } from '@munjigi/contracts';
import { v7 as uuidV7 } from 'uuid';
import { openStore, type DoorStore } from '../adapters/store/open-store';
import { AgentError } from '../domain/agent-error';
import type { OwnKey } from '../ports/identity';
import { eventDraft } from '../testing/drafts';
import { readableLog } from '../testing/log-lines';
import { ManualClock } from '../testing/manual-clock';
import { temporaryDirectories } from '../testing/temp-directory';
import { Checkpoints } from './checkpoint';
import type { Exchange } from './exchange';

const pair = generateKeyPairSync('ed25519');
const door = { doorId: uuidV7(), serverId: uuidV7() };
const key = {
  sign: (text: string) => sign(null, Buffer.from(text), pair.privateKey).toString('base64url'),
} as OwnKey;
const newDirectory = temporaryDirectories();

describe('checkpoints', () => {
  let store: DoorStore;
  let clock: ManualClock;
  let sent: EventsCheckpoint[];
  let checkpoints: Checkpoints;
  let refusal: Error | null;

  beforeEach(() => {
    store = openStore({ directory: newDirectory(), modelId: 'mobilefacenet-192' });
    [clock, sent, refusal] = [new ManualClock(), [], null];
    const ask = (_: string, message: object) => {
      sent.push(eventsCheckpointSchema.parse(message));
      return refusal ? Promise.reject(refusal) : Promise.resolve({ ok: true });
    };
    const exchange = { ask, tell: () => undefined } as unknown as Exchange;
    const { log } = readableLog();
    checkpoints = new Checkpoints({ exchange, events: store.events, signer: { ...door, key }, clock, log });
  });
  afterEach(() => store.close());

  const happen = (count: number) => {
    for (let each = 0; each < count; each++) store.events.append(eventDraft());
    store.events.acknowledge(store.events.position.lastSequence);
  };

  it('sign the last event once the server has all, by the key of the device', async () => {
    await checkpoints.signWhenDue();
    store.events.append(eventDraft());
    await checkpoints.signWhenDue();
    expect(sent).toEqual([]);
    happen(1);
    await checkpoints.signWhenDue();
    const { epoch } = store.events.position;
    expect(sent).toMatchObject([{ epoch, sequence: 2, hash: store.events.chainHash }]);
    const [{ signature, ...said }] = sent as [EventsCheckpoint];
    const text = Buffer.from(checkpointText({ ...said, ...door }));
    expect(verify(null, text, pair.publicKey, Buffer.from(signature, 'base64url'))).toBe(true);
  });

  it('sign again after many events or a quarter of an hour, and nothing twice', async () => {
    happen(1);
    await checkpoints.signWhenDue();
    await checkpoints.signWhenDue();
    happen(1);
    await checkpoints.signWhenDue();
    clock.advance(15 * 60_000);
    await checkpoints.signWhenDue();
    happen(500);
    await checkpoints.signWhenDue();
    clock.advance(15 * 60_000);
    await checkpoints.signWhenDue();
    expect(sent.map(({ sequence }) => sequence)).toEqual([1, 2, 502]);
  });

  it('that are refused hold up nothing, and another follows', async () => {
    refusal = new AgentError('events/checkpoint-place', 'No.');
    happen(1);
    await checkpoints.signWhenDue();
    happen(1);
    clock.advance(15 * 60_000);
    refusal = null;
    await checkpoints.signWhenDue();
    expect(sent.map(({ sequence }) => sequence)).toEqual([1, 2]);
  });
});
