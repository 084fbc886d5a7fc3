import type { ServerResponse } from 'node:http';
import type { PreviewFrame } from '@munjigi/contracts';

/**
 * One viewer's stream over a response: messages of two lengths (uint32, big-endian), JSON and bytes.
 *
 * The newest wins: what the viewer's connection cannot take this moment is dropped, and nothing queues up.
 */
export class LiveStream {
  readonly #response: ServerResponse;
  #isFull = false;

  constructor(response: ServerResponse) {
    this.#response = response;
    response.writeHead(200, {
      'content-type': 'application/octet-stream',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    });
    response.flushHeaders();
    response.on('drain', () => (this.#isFull = false));
  }

  /** Sends a picture and what is on it, if the viewer keeps up. */
  sendFrame({ jpeg, ...rest }: PreviewFrame): void {
    this.#send({ kind: 'frame', ...rest }, jpeg);
  }

  /** Sends the door's state, if the viewer keeps up. */
  sendState(state: object): void {
    this.#send({ kind: 'state', state }, new Uint8Array());
  }

  /** Ends the stream. */
  close(): void {
    this.#response.destroy();
  }

  #send(message: object, bytes: Uint8Array): void {
    if (this.#isFull || this.#response.destroyed) return;
    const json = Buffer.from(JSON.stringify(message), 'utf8');
    const lengths = Buffer.alloc(8);
    lengths.writeUInt32BE(json.byteLength, 0);
    lengths.writeUInt32BE(bytes.byteLength, 4);
    this.#isFull = !this.#response.write(Buffer.concat([lengths, json, bytes]));
  }
}
