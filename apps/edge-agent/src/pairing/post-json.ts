import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';

/** Where to, what, and for how long. */
export interface JsonPost {
  readonly body: object;
  readonly timeoutMs: number;
  /** Who alone vouches for the server, PEM; null: whom the system trusts. */
  readonly ca: string | null;
}

/** The most that an answer may hold. */
const ANSWER_BYTES_MAX = 100_000;

/**
 * Posts JSON and reads the JSON that it is answered with; follows nothing that it is sent on to.
 *
 * @throws when there is no answer in time, or it is no JSON
 */
export async function postJson(
  url: URL,
  { body, timeoutMs, ca }: JsonPost,
): Promise<{ status: number; body: unknown }> {
  const text = JSON.stringify(body);
  const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
  const answer = await new Promise<{ status: number; text: string }>((resolve, reject) => {
    const sent = send(
      url,
      {
        ...{ method: 'POST', signal: AbortSignal.timeout(timeoutMs) },
        headers: {
          ...{ 'content-type': 'application/json', connection: 'close' },
          'content-length': `${Buffer.byteLength(text)}`,
        },
        ...(ca === null ? {} : { ca }),
      },
      (response) => {
        let read = '';
        response.setEncoding('utf8');
        response.on('data', (part: string) => {
          read += part;
          if (read.length > ANSWER_BYTES_MAX) response.destroy(new Error('The answer is too long.'));
        });
        response.on('error', reject);
        response.on('end', () => resolve({ status: response.statusCode ?? 0, text: read }));
      },
    );
    sent.on('error', reject);
    sent.end(text);
  });
  return { status: answer.status, body: JSON.parse(answer.text) as unknown };
}
