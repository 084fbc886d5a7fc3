import { changeSchema, syncPullAnswerSchema, type Change, type SyncPullAnswer } from '@munjigi/contracts';
import { z } from 'zod';
import { AgentError } from '../domain/agent-error';
import type { StateChange } from '../ports/event-store';

const KNOWN_KINDS: ReadonlySet<string> = new Set(
  changeSchema.options.map((option) => option.shape.kind.value),
);

/** A page of which the changes of unknown kinds were left out, and how many those were. */
export interface ReadPage {
  readonly answer: SyncPullAnswer;
  readonly skipped: number;
}

/**
 * Reads the answer to `sync.pull`. A kind of change that this version does not know (the server is newer) is left out;
 * a known one that does not fit its schema fails the whole page, since a deletion must never be passed over.
 *
 * @throws {AgentError} `sync/invalid-page`
 */
export function readPage(message: unknown): ReadPage {
  const { known, skipped } = withoutUnknownKinds(message);
  const parsed = syncPullAnswerSchema.safeParse(known);
  if (!parsed.success) throw new AgentError('sync/invalid-page', z.prettifyError(parsed.error));
  return { answer: parsed.data, skipped };
}

/** What a template of the door's own model looks like. */
export interface ModelShape {
  readonly modelId: string;
  readonly dimension: number;
}

/**
 * Turns a change of the wire into one to keep.
 *
 * @returns null for a template of another model, which compares with nothing here.
 * @throws {AgentError} `sync/invalid-template` when an embedding has not the model's shape, or is no direction.
 */
export function toStateChange(change: Change, model: ModelShape): StateChange | null {
  if (change.kind !== 'template.put') return change;
  const { id, personId, modelId, transformId, embedding: bytes } = change.template;
  if (modelId !== model.modelId) return null;
  if (bytes.byteLength !== model.dimension * 4) {
    throw new AgentError('sync/invalid-template', `Template ${id} has ${bytes.byteLength} bytes.`);
  }
  // A copy: the bytes may lie anywhere in the message, and float32 must be aligned.
  const embedding = new Float32Array(bytes.slice().buffer);
  const norm = Math.hypot(...embedding);
  if (!(Math.abs(norm - 1) < 0.01)) {
    throw new AgentError('sync/invalid-template', `Template ${id} is not L2-normalised.`);
  }
  return { kind: 'template.put', template: { templateId: id, personId, modelId, transformId, embedding } };
}

function withoutUnknownKinds(message: unknown): { known: unknown; skipped: number } {
  const changes = (message as { changes?: unknown } | null)?.changes;
  if (!Array.isArray(changes)) return { known: message, skipped: 0 };
  const known = changes.filter((change: unknown) => {
    const kind = (change as { kind?: unknown } | null)?.kind;
    return typeof kind !== 'string' || KNOWN_KINDS.has(kind);
  });
  return { known: { ...(message as object), changes: known }, skipped: changes.length - known.length };
}
