import { monitorEventLoopDelay } from 'node:perf_hooks';
import { systemClock } from '../adapters/clock/system-clock';
import { openStore } from '../adapters/store/open-store';
import { createLog } from '../log';
import { IDLE_USER } from './idle-user';
import { SocketUplink } from '../sync/socket-uplink';
import { TargetState } from '../sync/target-state';

/**
 * A program for measurements: the link and the store of a door, and nothing else of an agent. Prints where it has got to
 * whenever it has all that there is, as a line of JSON.
 *
 * Arguments: its folder, the server's address, its token, the model, and how many numbers an embedding has.
 */
const [directory = '', serverUrl = '', token = '', modelId = '', dimension = '0'] = process.argv.slice(2);
const model = { modelId, dimension: Number(dimension) };
const log = createLog({ level: 'warn' });
const store = openStore({ directory, modelId });
const target = new TargetState({ store: store.state, model, log });
target.load();
const delay = monitorEventLoopDelay({ resolution: 5 });
const startedAtMs = performance.now();
let printedRevision = 0;
const uplink = new SocketUplink({
  ...{ serverUrl, clock: systemClock, log, target, modelId, events: store.events, agentVersion: '0.1.0' },
  token: () => Promise.resolve(token),
  user: IDLE_USER,
  times: { answerTimeoutMs: 60_000 },
});
delay.enable();
uplink.start();
setInterval(() => {
  if (uplink.rulesAgeMs === null || target.appliedRevision === printedRevision) return;
  printedRevision = target.appliedRevision;
  const facts = {
    seconds: (performance.now() - startedAtMs - uplink.rulesAgeMs) / 1000,
    templates: target.templateCount,
    revision: printedRevision,
    loopHeldP99Ms: delay.percentile(99) / 1e6,
    loopHeldMaxMs: delay.max / 1e6,
  };
  process.stdout.write(`${JSON.stringify(facts)}\n`);
}, 20);
