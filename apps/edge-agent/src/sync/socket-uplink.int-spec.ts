import type { CommandReport } from '@munjigi/contracts';
import { v7 as uuidV7 } from 'uuid';
import { systemClock } from '../adapters/clock/system-clock';
import { eventDraft } from '../testing/drafts';
import { InTestServer } from '../testing/in-test-server';
import { temporaryDirectories } from '../testing/temp-directory';
import { until } from '../testing/until';
import { REPORT, UplinkBench } from '../testing/uplink-bench';

const HOUR_MS = 3_600_000;
const newDirectory = temporaryDirectories();

describe('SocketUplink', () => {
  let link: UplinkBench;

  beforeEach(async () => {
    link = await UplinkBench.start(newDirectory());
  });
  afterEach(() => link.close());

  it('begins anew when a link is lost while it is being made', async () => {
    link.server.connectionsToLose = 1;
    link.uplink.start();
    await link.linked();
    expect(link.server.connectionsToLose).toBe(0);
  });

  it('tells what became of commands until the server has confirmed each', async () => {
    link.untold = [REPORT, { ...REPORT, commandId: uuidV7() as CommandReport['commandId'] }];
    const [first, second] = link.untold;
    link.server.reportsToLose = 1;
    link.uplink.start();
    await until(() => link.untold.length === 0, { what: 'the reports to be confirmed' });
    expect(link.server.reports).toEqual([first, first, second].map((report) => ({ v: 1, ...report })));
  });

  it('says hello with where it stands, then how the door is', async () => {
    link.store.events.append(eventDraft());
    link.state = {
      lock: 'unlocked',
      cameraFault: 'The cable is out.',
      cameraFaultKind: 'no-picture',
      health: null,
      condition: null,
      disk: { level: 'low', freeBytes: 5_000_000 },
    };
    link.uplink.start();
    await link.linked();
    expect(link.server.hellos[0]).toMatchObject({ appliedRevision: 0, outbox: link.store.events.position });
    expect(link.server.doorStates[0]).toMatchObject(link.state);
  });

  it('tells each change of the door', async () => {
    link.uplink.start();
    await link.linked();
    link.state.lock = 'unlocked';
    link.uplink.doorStateChanged();
    await until(() => link.server.doorStates.at(-1)?.lock === 'unlocked');
  });

  it('measures how far the server’s clock is ahead', async () => {
    link.server.clockAheadMs = 60_000;
    expect(link.uplink.clockOffsetMs).toBeNull();
    link.uplink.start();
    await link.linked();
    expect(Math.abs(link.uplink.clockOffsetMs! - 60_000)).toBeLessThan(1000);
  });

  it('knows the server’s time although its own clock is set all the while', async () => {
    let aheadMs = 0;
    const wallMs = (): number => systemClock.wallMs() + (aheadMs += HOUR_MS);
    link.clock = { monotonicMs: systemClock.monotonicMs, wallMs };
    link.begin();
    link.uplink.start();
    await link.linked();
    expect(Math.abs(link.uplink.serverMs! - Date.now())).toBeLessThan(HOUR_MS / 2);
    const offsetMs = link.uplink.clockOffsetMs!;
    expect(Math.abs(offsetMs + aheadMs)).toBeLessThan(HOUR_MS / 2);
  });

  it('measures the server’s clock by several exchanges, and says how far it may be wrong', async () => {
    link.server.capabilities = ['clock-sync'];
    link.server.clockAheadMs = 60_000;
    link.uplink.start();
    await until(() => link.server.clocks.length === 4);
    await until(() => (link.uplink.clockErrorMs ?? Infinity) < 1_000);
    const { offsetMs, errorMs } = link.server.clocks[3]!;
    expect(Math.abs(offsetMs! - 60_000)).toBeLessThanOrEqual(errorMs! + 1);
    expect(Math.abs(link.uplink.serverMs! - Date.now() - 60_000)).toBeLessThan(1_000);
  });

  it('works on while the server is away, and links when it is there', async () => {
    const port = Number(new URL(link.server.url).port);
    await link.server.stop();
    link.uplink.start();
    const event = link.store.events.append(eventDraft());
    await until(() => link.logged.lines.some(({ msg }) => String(msg).startsWith('server not reached')));
    link.server = new InTestServer();
    await link.server.start(port);
    await until(() => link.server.stored.has(event.id));
  });

  it('says clearly that its token is refused, and takes a new one without a restart', async () => {
    const good = link.server.token;
    let token = 'mnj_agent_wrong';
    link.begin({ token: () => token, times: { refusedRetry: { baseMs: 20, capMs: 20 } } });
    link.uplink.start();
    const line = await until(() => link.logged.lines.find(({ code }) => code === 'agent/unauthenticated'));
    expect(line).toMatchObject({
      level: 50,
      msg: 'server refuses this agent, check its key or token, and its version',
    });
    expect(JSON.stringify(link.logged.lines)).not.toContain(token);
    token = good;
    await link.linked();
  });

  it('does not go on in a version that it does not speak, and says so', async () => {
    link.server.protocol = 2;
    link.begin({ times: { refusedRetry: { baseMs: 20, capMs: 20 } } });
    link.uplink.start();
    await until(() => link.logged.lines.some(({ code }) => code === 'agent/unsupported-version'));
    expect(link.uplink.refusal).toMatch(/version 2 .* Update the agent/);
    link.server.protocol = undefined;
    await link.linked();
    await until(() => link.uplink.refusal === null);
    expect(link.server.hellos[0]).toMatchObject({ protocol: { min: 1, max: 1 } });
  });

  it('passes leases on, and ends them with the link', async () => {
    link.uplink.start();
    await link.linked();
    const watch = { v: 1, leaseMs: 5000, framesPerSecondMax: 8 };
    link.server.send('preview.watch', watch);
    await until(() => link.watched.length === 1);
    link.server.cut();
    await until(() => link.watched.length === 2);
    expect(link.watched).toEqual([watch, null]);
  });

  it('answers a request for pictures', async () => {
    link.uplink.start();
    await link.linked();
    const trackId = uuidV7();
    const answer = await link.server.capture({ v: 1, trackId });
    expect(answer).toMatchObject({ ok: false, error: { code: 'capture/track-gone', message: trackId } });
  });

  it('refuses messages that do not fit their schema, and stays linked', async () => {
    link.uplink.start();
    await link.linked();
    expect(await link.server.capture({ v: 1, trackId: 'nobody' })).toMatchObject({
      ok: false,
      error: { code: 'message/invalid', issues: [{ path: 'trackId' }] },
    });
    link.server.send('preview.watch', { v: 1, leaseMs: 'long' });
    link.server.send('sync.changed', null);
    await until(
      () => link.logged.lines.filter(({ msg }) => msg === 'message does not fit its schema').length === 3,
    );
    expect(link.server.connections).toBe(1);
    expect(link.watched).toEqual([]);
  });
});
