import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AccessEvent } from '@munjigi/contracts';
import { type ManagedProcess, until } from '@munjigi/tools';
import { expect, test } from '@playwright/test';
import { makeVisitsClip } from './support/clip';
import { Rig } from './support/rig';

const TIMEOUT_MS = 60_000;

test.describe.configure({ mode: 'serial' });

test.describe('a door and its server', () => {
  let rig: Rig;
  let door: ManagedProcess;
  let directory: string;
  let clip: string;

  // One system for all: what each of them counts begins with what is there.
  test.beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'munjigi-clip-'));
    clip = join(directory, 'visits.mp4');
    writeFileSync(clip, 'this is no video');
    rig = await Rig.start();
    door = await rig.startDoor(clip);
  });

  test.afterAll(async () => {
    await rig.stop();
    rmSync(directory, { recursive: true, force: true });
  });

  test('tell of a camera that shows nothing, and take it back when it shows something', async () => {
    await until('the fault to be told', async () => (await rig.client.doors())[0]?.cameraFault, {
      timeoutMs: TIMEOUT_MS,
    });
    await makeVisitsClip(clip);
    await storedEvents(1);
    expect((await rig.client.doors())[0]?.cameraFault).toBeNull();
  });

  test('store an event exactly once when the door dies before it hears the acknowledgement', async () => {
    rig.link.holdAnswers();
    const before = await storedEvents((await rig.client.events()).length + 1);
    door.signal('SIGKILL');
    await door.ended();
    rig.link.restore();
    door.start();
    expectEachOnce(await storedEvents(before.length + 2));
  });

  test('store an event exactly once when the door dies before it could send', async () => {
    await rig.link.cut();
    const recorded = rig.visitsRecorded();
    await until('a visit that could not be sent', () => rig.visitsRecorded() > recorded, {
      timeoutMs: TIMEOUT_MS,
    });
    door.signal('SIGKILL');
    await door.ended();
    const unsent = rig.visitsRecorded();
    await rig.link.open();
    door.start();
    expectEachOnce(await storedEvents(unsent + 1));
  });

  test('store an event exactly once when the server dies before its acknowledgement arrives', async () => {
    rig.link.holdAnswers();
    const before = await storedEvents((await rig.client.events()).length + 1);
    rig.server.signal('SIGKILL');
    await rig.server.ended();
    rig.link.restore();
    await rig.startServer();
    expectEachOnce(await storedEvents(before.length + 2));
  });

  function storedEvents(atLeast: number): Promise<AccessEvent[]> {
    return until(
      `${atLeast} events`,
      async () => {
        const events = await rig.client.events();
        return events.length >= atLeast ? events : undefined;
      },
      { timeoutMs: TIMEOUT_MS },
    );
  }
});

/** One life of the door's store, and its numbers without a gap or a repetition, from the first. */
function expectEachOnce(events: readonly AccessEvent[]): void {
  expect(new Set(events.map((event) => event.epoch)).size).toBe(1);
  expect(new Set(events.map((event) => event.id)).size).toBe(events.length);
  const sequences = events.map((event) => event.sequence).sort((a, b) => a - b);
  expect(sequences).toEqual(sequences.map((_, index) => index + 1));
}
