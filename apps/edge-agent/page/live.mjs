// @ts-check

/** @typedef {import('@munjigi/contracts').PreviewFace} PreviewFace */
/** @typedef {import('../src/page/page-user.js').PageState} PageState */
/** @typedef {{width: number, height: number, framesPerSecond: number, faces: PreviewFace[]}} FrameFacts */
/** @typedef {{onFrame: (facts: FrameFacts, jpeg: Uint8Array<ArrayBuffer>) => Promise<void>, onState: (state: PageState) => void, onLink: (isUp: boolean) => void}} LiveListener */

const RETRY_MS = 1_500;

/**
 * Follows the door for as long as the page is open: begins anew when the stream breaks.
 *
 * @param {LiveListener} listener
 */
export async function follow(listener) {
  for (;;) {
    try {
      const response = await fetch('/api/live');
      if (response.status === 401) {
        document.dispatchEvent(new Event('munjigi:signed-out'));
        return;
      }
      if (response.ok && response.body) {
        listener.onLink(true);
        await read(response.body.getReader(), listener);
      }
    } catch {
      // The computer is away, or restarts: told by `onLink`, and asked again.
    }
    listener.onLink(false);
    await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
  }
}

/** @param {ReadableStreamDefaultReader<Uint8Array<ArrayBuffer>>} reader @param {LiveListener} listener */
async function read(reader, listener) {
  let rest = new Uint8Array();
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    rest = joined(rest, value);
    for (let message = next(rest); message; message = next(rest)) {
      rest = rest.slice(message.end);
      if (message.facts.kind === 'state') listener.onState(message.facts.state);
      else await listener.onFrame(message.facts, message.bytes);
    }
  }
}

/** The first whole message of what has come; null: it is not whole yet. @param {Uint8Array<ArrayBuffer>} come */
function next(come) {
  if (come.length < 8) return null;
  const view = new DataView(come.buffer, come.byteOffset);
  const bodyAt = 8 + view.getUint32(0);
  const end = bodyAt + view.getUint32(4);
  if (come.length < end) return null;
  const facts = JSON.parse(new TextDecoder().decode(come.subarray(8, bodyAt)));
  return { facts, bytes: come.slice(bodyAt, end), end };
}

/** @param {Uint8Array<ArrayBuffer>} a @param {Uint8Array<ArrayBuffer>} b */
function joined(a, b) {
  if (a.length === 0) return b;
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}
