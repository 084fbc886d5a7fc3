import { doorUnlockSchema, type DoorUnlock, type UnlockRefusal } from '@munjigi/contracts';
import { v7 as uuidV7 } from 'uuid';
import { openStore } from '../adapters/store/open-store';
import { readableLog } from '../testing/log-lines';
import { temporaryDirectories } from '../testing/temp-directory';
import type { DoorOccurrence } from './record';
import { RemoteUnlocker } from './unlock-remotely';

const newDirectory = temporaryDirectories();
const NOW_MS = Date.parse('2026-10-01T09:30:00Z');
const stores: ReturnType<typeof openStore>[] = [];
afterEach(() => stores.splice(0).forEach((store) => store.close()));

function door(directory = newDirectory()) {
  const store = openStore({ directory, modelId: 'mobilefacenet-192' });
  stores.push(store);
  const unlocked: number[] = [];
  const happened: DoorOccurrence[] = [];
  const state: { serverMs: number | null; refusal: UnlockRefusal | null; isRecorded: boolean } = {
    ...{ serverMs: NOW_MS, refusal: null, isRecorded: true },
  };
  const unlocker = new RemoteUnlocker({
    commands: store.commands,
    actuator: {
      refusalFor: () => state.refusal as 'blocked' | null,
      unlock: ({ unlockMs }) => unlocked.push(unlockMs) > 0,
    },
    journal: { note: (occurrence) => state.isRecorded && happened.push(occurrence) > 0 },
    log: readableLog().log,
    serverMs: () => state.serverMs,
    unlockMs: () => 5_000,
    refreshMode: () => undefined,
  });
  return { unlocker, unlocked, happened, state, directory };
}

const command = (more: object = {}): DoorUnlock =>
  doorUnlockSchema.parse({
    ...{ v: 1, commandId: uuidV7(), expiresAt: new Date(NOW_MS + 8_000).toISOString(), unlockMs: null },
    ...more,
  });

describe('RemoteUnlocker', () => {
  it('unlocks once, as long as for anybody, and writes it down', () => {
    const { unlocker, unlocked, happened } = door();
    const asked = command();
    const answer = unlocker.unlock(asked);
    expect(answer).toMatchObject({ ok: true, outcome: 'unlocked', unlockMs: 5_000 });
    expect(unlocker.unlock(asked)).toEqual(answer);
    expect(unlocked).toEqual([5_000]);
    expect(happened).toEqual([{ kind: 'remote-unlock', commandId: asked.commandId, unlockMs: 5_000 }]);
  });

  it('does not do again after a restart what it did before', () => {
    const before = door();
    const asked = command({ unlockMs: 900 });
    before.unlocker.unlock(asked);
    stores.pop()!.close();
    const after = door(before.directory);
    expect(after.unlocker.unlock(asked)).toMatchObject({ outcome: 'unlocked', unlockMs: 900 });
    expect(after.unlocked).toEqual([]);
  });

  it.each<[string, Partial<ReturnType<typeof door>['state']>, UnlockRefusal]>([
    ['late', { serverMs: NOW_MS + 8_000 }, 'late'],
    ['of an age that nobody knows', { serverMs: null }, 'late'],
    ['to a blocked door', { refusal: 'blocked' }, 'blocked'],
    ['that cannot be written down', { isRecorded: false }, 'not-recorded'],
  ])('refuses a command %s, now and later', (_, change, reason) => {
    const { unlocker, unlocked, state } = door();
    const asked = command();
    Object.assign(state, change);
    expect(unlocker.unlock(asked)).toMatchObject({ outcome: 'refused', reason, unlockMs: 0 });
    Object.assign(state, { serverMs: NOW_MS, refusal: null, isRecorded: true });
    expect(unlocker.unlock(asked)).toMatchObject({ outcome: 'refused', reason });
    expect(unlocked).toEqual([]);
  });
});
