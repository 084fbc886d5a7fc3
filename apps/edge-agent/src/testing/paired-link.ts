import { systemClock } from '../adapters/clock/system-clock';
import { IdentityFile } from '../adapters/store/identity-file';
import { openStore } from '../adapters/store/open-store';
import { createLog } from '../log';
import { readCertificates } from '../pairing/read-certificates';
import { SocketUplink } from '../sync/socket-uplink';
import { TargetState } from '../sync/target-state';
import { NO_LOCAL_PEOPLE } from './no-local-people';

/** A program for tests: the link of a paired device, and nothing else of an agent. To be killed in the middle. */
const [directory = '', serverUrl = '', serverCaFile] = process.argv.slice(2);
const model = { modelId: 'mobilefacenet-192', dimension: 192 };
const log = createLog({ level: 'info' });
const store = openStore({ directory, modelId: model.modelId });
const target = new TargetState({ store: store.state, model, log });
target.load();
new SocketUplink({
  ...{ serverUrl, clock: systemClock, log, target, modelId: model.modelId, events: store.events },
  agentVersion: '0.1.0',
  token: () => Promise.reject(new Error('A paired device sends no token.')),
  identity: new IdentityFile(directory),
  serverCa: readCertificates(serverCaFile).pem,
  user: {
    doorState: () => ({
      ...{ lock: 'locked', cameraFault: null, cameraFaultKind: null, condition: null, disk: null },
      health: null,
    }),
    captures: () => ({ ok: true, captures: [] }),
    local: NO_LOCAL_PEOPLE,
    preview: () => undefined,
    whereabouts: () => undefined,
    commands: {
      take: () => {
        throw new Error('There is no door here.');
      },
      untold: () => [],
      told: () => undefined,
    },
  },
  times: { retry: { baseMs: 20, capMs: 50 }, answerTimeoutMs: 60_000 },
}).start();
