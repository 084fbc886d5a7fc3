/** Longer than any entry: an entry's parts are bounded when they are written. */
const LINE_BYTES_MAX = 16 * 1024 * 1024;

/**
 * Cuts bytes into lines at `\n`, one at a time. What follows the last `\n` comes as a line that holds it, so that a file
 * which lost only its last byte is not taken for whole.
 *
 * @throws when a line is longer than 16 MiB
 */
export async function* readLines(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let parts: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of bytes) {
    let begin = 0;
    for (let end = chunk.indexOf(10); end !== -1; end = chunk.indexOf(10, begin)) {
      yield Buffer.concat([...parts, chunk.subarray(begin, end)]).toString('utf8');
      [parts, length, begin] = [[], 0, end + 1];
    }
    parts.push(Uint8Array.prototype.slice.call(chunk, begin));
    length += chunk.length - begin;
    if (length > LINE_BYTES_MAX) throw new Error('A line is longer than any entry.');
  }
  if (length > 0) yield `${Buffer.concat(parts).toString('utf8')}\u0000`;
}
