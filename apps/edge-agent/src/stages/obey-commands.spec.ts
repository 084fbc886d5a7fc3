import {
  doorCommandMessageSchema,
  type CommandRefusal,
  type DoorCommandMessage,
  type DoorCondition,
} from '@munjigi/contracts';
import { v7 as uuidV7 } from 'uuid';
import { openStore } from '../adapters/store/open-store';
import { readableLog } from '../testing/log-lines';
import { temporaryDirectories } from '../testing/temp-directory';
import { commandPlans } from './command-plans';
import { CommandDesk } from './obey-commands';
import type { DoorOccurrence } from './record';

const newDirectory = temporaryDirectories();
const NOW_MS = Date.parse('2026-10-01T09:30:00Z');
const stores: ReturnType<typeof openStore>[] = [];
afterEach(() => stores.splice(0).forEach((store) => store.close()));

function door(directory = newDirectory(), updateModels: (() => Promise<void>) | null = null) {
  const store = openStore({ directory, modelId: 'mobilefacenet-192' });
  stores.push(store);
  const did: string[] = [];
  const happened: DoorOccurrence[] = [];
  const state = {
    ...{ serverMs: NOW_MS as number | null, refusal: null as 'blocked' | null, isRecorded: true },
    ...{ isUnlockedForAll: false, fault: null as string | null },
  };
  let end: { resolve(): void; reject(error: Error): void } | null = null;
  const desk = new CommandDesk({
    commands: store.commands,
    plans: commandPlans({
      actuator: {
        refusalFor: () => state.refusal,
        unlock: ({ unlockMs }) => did.push(`unlock ${unlockMs}`) > 0,
        hasUnlocked: () => Promise.resolve(state.fault === null),
        relock: () => void did.push('lock'),
        get condition() {
          return { hardwareFault: state.fault } as DoorCondition;
        },
        get isUnlockedForAll() {
          return state.isUnlockedForAll;
        },
      },
      journal: { note: (occurrence) => state.isRecorded && happened.push(occurrence) > 0 },
      unlockMs: () => 5_000,
      refreshMode: () => undefined,
      identify: (forMs) => {
        did.push(`identify ${forMs}`);
        return new Promise((resolve, reject) => (end = { resolve, reject }));
      },
      restart: () => void did.push('restart'),
      updateModels,
      diagnostics: () => Promise.reject(new Error('The disk does not answer.')),
    }),
    log: readableLog().log,
    serverMs: () => state.serverMs,
    onReport: () => undefined,
  });
  desk.resume();
  return { desk, did, happened, state, directory, store, finish: () => end! };
}

const command = (what: DoorCommandMessage['command'] = { kind: 'unlock', unlockMs: null }) =>
  doorCommandMessageSchema.parse({
    ...{ v: 1, commandId: uuidV7(), expiresAt: new Date(NOW_MS + 8_000).toISOString(), command: what },
  });

const turn = () => new Promise(setImmediate);

describe('CommandDesk', () => {
  it('unlocks once, as long as for anybody, and writes it down', async () => {
    const { desk, did, happened } = door();
    const asked = command();
    const report = await desk.answer(asked);
    expect(report).toMatchObject({ commandId: asked.commandId, state: 'done', unlockMs: 5_000 });
    expect(desk.take(asked)).toEqual(report);
    expect(did).toEqual(['unlock 5000']);
    expect(happened).toEqual([{ kind: 'remote-unlock', commandId: asked.commandId, unlockMs: 5_000 }]);
  });

  it('does not do again after a restart what it did before', async () => {
    const before = door();
    const asked = command({ kind: 'unlock', unlockMs: 900 });
    await before.desk.answer(asked);
    stores.pop()!.close();
    const after = door(before.directory);
    expect(after.desk.take(asked)).toMatchObject({ state: 'done', unlockMs: 900 });
    expect(after.did).toEqual([]);
  });

  it.each<[string, Partial<ReturnType<typeof door>['state']>, CommandRefusal]>([
    ['late', { serverMs: NOW_MS + 8_000 }, 'late'],
    ['of an age that nobody knows', { serverMs: null }, 'late'],
    ['to a blocked door', { refusal: 'blocked' }, 'blocked'],
    ['that cannot be written down', { isRecorded: false }, 'not-recorded'],
  ])('refuses a command %s, now and later', async (_, change, refusal) => {
    const { desk, did, state } = door();
    const asked = command();
    Object.assign(state, change);
    expect(await desk.answer(asked)).toMatchObject({ state: 'refused', refusal, unlockMs: null });
    Object.assign(state, { serverMs: NOW_MS, refusal: null, isRecorded: true });
    expect(desk.take(asked)).toMatchObject({ state: 'refused', refusal });
    expect(did).toEqual([]);
  });

  it('gives up a lock that does not answer, so that it does not unlock later', async () => {
    const { desk, did, state } = door();
    state.fault = 'The lock does not answer.';
    const asked = command();
    const reports = await Promise.all([desk.answer(asked), desk.answer(asked)]);
    const refusal = { state: 'refused', refusal: 'lock-fault', detail: state.fault };
    expect(reports).toMatchObject([refusal, refusal]);
    expect(did).toEqual(['unlock 5000', 'lock']);
  });

  it('locks a door again, but not one that its rules hold open', () => {
    const { desk, did, state } = door();
    expect(desk.take(command({ kind: 'lock' }))).toMatchObject({ state: 'done' });
    state.isUnlockedForAll = true;
    expect(desk.take(command({ kind: 'lock' }))).toMatchObject({ refusal: 'unlocked-for-all' });
    expect(did).toEqual(['lock']);
  });

  it('accepts what takes its time, is busy meanwhile, and then says how it ended', async () => {
    const { desk, did, finish } = door();
    const asked = command({ kind: 'identify', forMs: 3_000 });
    expect(desk.take(asked)).toMatchObject({ state: 'accepted' });
    expect(desk.take(asked)).toMatchObject({ state: 'accepted' });
    expect(desk.take(command({ kind: 'identify', forMs: 1_000 }))).toMatchObject({ refusal: 'busy' });
    finish().resolve();
    await turn();
    expect(desk.take(asked)).toMatchObject({ state: 'done' });
    expect(did).toEqual(['identify 3000']);
    const failing = command({ kind: 'collect-diagnostics' });
    desk.take(failing);
    await turn();
    expect(desk.take(failing)).toMatchObject({ state: 'failed', detail: 'The disk does not answer.' });
    expect(desk.take(command({ kind: 'update-models' }))).toMatchObject({ refusal: 'unsupported' });
  });

  it('says that the models could not be fetched, with the reason, and tries again for another command', async () => {
    let attempts = 0;
    const updateModels = () =>
      ++attempts === 1 ? Promise.reject(new Error('The registry does not answer.')) : Promise.resolve();
    const { desk } = door(undefined, updateModels);
    const [failing, again] = [command({ kind: 'update-models' }), command({ kind: 'update-models' })];
    expect(desk.take(failing)).toMatchObject({ state: 'accepted' });
    await turn();
    expect(desk.take(failing)).toMatchObject({ state: 'failed', detail: 'The registry does not answer.' });
    expect(attempts).toBe(1);
    desk.take(again);
    await turn();
    expect(desk.take(again)).toMatchObject({ state: 'done' });
  });

  it('does not go on with what a kill cut short, and knows that a restart has happened', () => {
    const before = door();
    const [blink, restart] = [command({ kind: 'identify', forMs: 1_000 }), command({ kind: 'restart' })];
    for (const each of [blink, restart]) expect(before.desk.take(each)).toMatchObject({ state: 'accepted' });
    stores.pop()!.close();
    const after = door(before.directory);
    expect(after.desk.take(blink)).toMatchObject({ state: 'failed' });
    expect(after.desk.take(restart)).toMatchObject({ state: 'done' });
    expect(after.did).toEqual([]);
  });

  it('writes the end of a command down once its disk lets it', async () => {
    jest.useFakeTimers({ doNotFake: ['setImmediate'] });
    try {
      const { desk, store, finish } = door();
      const asked = command({ kind: 'identify', forMs: 1_000 });
      desk.take(asked);
      const full = jest.spyOn(store.commands, 'keep').mockImplementation(() => {
        throw new Error('database or disk is full');
      });
      finish().resolve();
      await turn();
      jest.advanceTimersByTime(2_500);
      expect(desk.take(asked)).toMatchObject({ state: 'accepted' });
      full.mockRestore();
      jest.advanceTimersByTime(1_000);
      expect(desk.take(asked)).toMatchObject({ state: 'done' });
    } finally {
      jest.useRealTimers();
    }
  });

  it('remembers what the server does not know yet, also of a report that was overtaken', async () => {
    const { desk, finish } = door();
    const asked = command({ kind: 'identify', forMs: 1_000 });
    const accepted = desk.take(asked);
    const refusal = desk.take(command({ kind: 'update-models' }));
    expect(desk.untold()).toEqual([accepted, refusal]);
    finish().resolve();
    await turn();
    desk.told(accepted);
    desk.told(refusal);
    expect(desk.untold()).toEqual([{ ...accepted, state: 'done' }]);
  });
});
