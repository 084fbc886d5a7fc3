import { systemClock } from '../adapters/clock/system-clock';
import { IdentityFile } from '../adapters/store/identity-file';
import { openStore } from '../adapters/store/open-store';
import { createLog } from '../log';
import { readCertificates } from '../pairing/read-certificates';
import { SocketUplink } from '../sync/socket-uplink';
import { TargetState } from '../sync/target-state';
import { IDLE_USER } from './idle-user';

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
  user: IDLE_USER,
  times: { retry: { baseMs: 20, capMs: 50 }, answerTimeoutMs: 60_000 },
}).start();
