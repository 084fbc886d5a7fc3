/** A socket.io event as text: `42/agent,7["name",{…}]`. Acknowledgements have 43 and no name. */
const PACKET = /^(4[23])(\/agent,)(\d*)(\[.*)$/s;

/** A message of the agent protocol that can be looked into. */
export interface ReadableMessage {
  /** Null: the answer to another. */
  readonly name: string | null;
  readonly body: Record<string, unknown>;
}

/** Reads a frame; null when it is none of the protocol, or carries bytes beside it. */
export function readFrame(text: string): ReadableMessage | null {
  const parts = partsOf(text);
  if (!parts) return null;
  const { isAnswer, values } = parts;
  const body = isAnswer ? values[0] : values[1];
  if (typeof body !== 'object' || body === null) return null;
  return { name: isAnswer ? null : String(values[0]), body: body as Record<string, unknown> };
}

/** The frame with another body. */
export function withBody(text: string, body: object): string {
  const parts = partsOf(text);
  if (!parts) return text;
  const { head, isAnswer, values } = parts;
  const changed = isAnswer ? [body, ...values.slice(1)] : [values[0], body, ...values.slice(2)];
  return head + JSON.stringify(changed);
}

function partsOf(text: string) {
  const [, type = '', namespace = '', id = '', json = ''] = PACKET.exec(text) ?? [];
  if (json === '') return null;
  try {
    const values = JSON.parse(json) as unknown[];
    return { head: type + namespace + id, isAnswer: type === '43', values };
  } catch {
    return null;
  }
}
