import { join } from 'node:path';
import { systemClock } from '../adapters/clock/system-clock';
import { openStore } from '../adapters/store/open-store';
import { createLog } from '../log';
import { SocketUplink } from '../sync/socket-uplink';
import { TargetState } from '../sync/target-state';
import { eventDraft } from './drafts';
import { IDLE_USER } from './idle-user';

/** What a process of many doors is told: who they are, that each has seen so many people, or to say how it is. */
type Order =
  | { readonly type: 'begin'; readonly directory: string; readonly url: string; readonly tokens: string[] }
  | { readonly type: 'happen'; readonly events: number }
  | { readonly type: 'tell'; readonly sinceMs: number };

const model = { modelId: 'mobilefacenet-192', dimension: 192 };
const log = createLog({ level: 'silent' });
let doors: ReturnType<typeof openDoor>[] = [];

/** The link and the store of a door, and nothing else of an agent, with the times of a real one. */
function openDoor(directory: string, serverUrl: string, token: string) {
  const store = openStore({ directory, modelId: model.modelId });
  const target = new TargetState({ store: store.state, model, log });
  target.load();
  const uplink = new SocketUplink({
    ...{ serverUrl, clock: systemClock, log, target, modelId: model.modelId, events: store.events },
    agentVersion: '0.1.0',
    token: () => Promise.resolve(token),
    user: IDLE_USER,
  });
  uplink.start();
  return { uplink, store };
}

/** How many are linked, how many of them have all changes and nothing left to send since a moment, and who is refused. */
function tell(sinceMs: number) {
  const linked = doors.filter(({ uplink }) => uplink.isLinked);
  const level = linked.filter(({ uplink, store }) => {
    const ageMs = uplink.rulesAgeMs;
    return ageMs !== null && Date.now() - ageMs >= sinceMs && store.events.waitingCount === 0;
  });
  const refused = doors.filter(({ uplink }) => uplink.refusal !== null);
  return { linked: linked.length, level: level.length, refused: refused.length };
}

process.on('message', (order: Order) => {
  if (order.type === 'begin') {
    const { directory, url, tokens } = order;
    doors = tokens.map((token, index) => openDoor(join(directory, String(index)), url, token));
  } else if (order.type === 'happen') {
    for (const { store, uplink } of doors) {
      for (let index = 0; index < order.events; index++) store.events.append(eventDraft());
      uplink.eventsWaiting();
    }
  } else process.send?.(tell(order.sinceMs));
});
process.once('disconnect', () => process.exit(0));
