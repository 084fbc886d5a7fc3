import { eventsPushAnswerSchema } from '@munjigi/contracts';
import { io } from 'socket.io-client';
import { reader, socketExchange } from './exchange';

it('does not wait for an answer over a link that is lost already', async () => {
  const socket = io('http://127.0.0.1:9/agent', { autoConnect: false, forceNew: true });
  // Longer than a test may take.
  const exchange = socketExchange(socket, 60_000);
  const asked = exchange.ask('events.push', {}, reader(eventsPushAnswerSchema));
  await expect(asked).rejects.toMatchObject({ code: 'uplink/no-answer' });
});
