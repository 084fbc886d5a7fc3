import { openStore } from '../adapters/store/open-store';
import { eventDraft } from './drafts';

/**
 * A program for tests: appends events for ever and tells on stdout each number once it is durable; every tenth time it
 * acknowledges half of them. To be killed in the middle.
 */
const directory = process.argv[2];
if (!directory) throw new Error('The first argument is the data folder.');
const { events } = openStore({ directory, modelId: 'mobilefacenet-192' });
process.stdout.write(`${JSON.stringify({ epoch: events.position.epoch })}\n`);
for (let round = 1; ; round += 1) {
  const { sequence, id } = events.append(eventDraft());
  process.stdout.write(`${JSON.stringify({ sequence, id })}\n`);
  if (round % 10 !== 0) continue;
  const acknowledged = sequence - 5;
  process.stdout.write(`${JSON.stringify({ acknowledging: acknowledged })}\n`);
  events.acknowledge(acknowledged);
}
