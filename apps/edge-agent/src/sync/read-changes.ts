import {
  changeSchema,
  syncPullAnswerSchema,
  syncRepairAnswerSchema,
  unpackTemplates,
  type Change,
  type PackedTemplate,
  type SyncPullAnswer,
  type SyncRepairAnswer,
} from '@munjigi/contracts';
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

/** Reads the answer to `sync.repair`, as {@link readPage} does. @throws {AgentError} `sync/invalid-page` */
export function readRepair(message: unknown): SyncRepairAnswer {
  const parsed = syncRepairAnswerSchema.safeParse(withoutUnknownKinds(message).known);
  if (!parsed.success) throw new AgentError('sync/invalid-page', z.prettifyError(parsed.error));
  return parsed.data;
}

/** What a template of the door's own model looks like. */
export interface ModelShape {
  readonly modelId: string;
  readonly dimension: number;
}

/**
 * Turns a change of the wire into those to keep; what is of no use here, or cannot be a template, is left out.
 *
 * @param leftOut is told of each template that has not the model's shape, or is no direction
 * @returns nothing for templates of another model, which compare with nothing here
 */
export function toStateChanges(
  change: Change,
  model: ModelShape,
  leftOut: (reason: string) => void,
): StateChange[] {
  switch (change.kind) {
    case 'template.put':
      return change.template.modelId === model.modelId ? templatePuts([change.template], model, leftOut) : [];
    case 'templates.put': {
      if (change.modelId !== model.modelId) return [];
      const templates = unpackTemplates(change.block, { count: change.count, dimension: model.dimension });
      if (templates) return templatePuts(templates, model, leftOut);
      leftOut(`A block of ${change.count} templates has ${change.block.byteLength} bytes.`);
      return [];
    }
    default:
      return [change];
  }
}

function templatePuts(
  templates: readonly PackedTemplate[],
  model: ModelShape,
  leftOut: (reason: string) => void,
): StateChange[] {
  return templates.flatMap(({ id: templateId, personId, transformId, embedding: bytes }) => {
    if (bytes.byteLength !== model.dimension * 4) {
      leftOut(`Template ${templateId} has ${bytes.byteLength} bytes.`);
      return [];
    }
    // A copy: the bytes may lie anywhere in the message, and float32 must be aligned.
    const embedding = new Float32Array(bytes.slice().buffer);
    if (!isDirection(embedding)) {
      leftOut(`Template ${templateId} is not L2-normalised.`);
      return [];
    }
    const template = { templateId, personId, modelId: model.modelId, transformId, embedding };
    return [{ kind: 'template.put' as const, template }];
  });
}

function isDirection(embedding: Float32Array): boolean {
  let squares = 0;
  for (const value of embedding) squares += value * value;
  return Math.abs(Math.sqrt(squares) - 1) < 0.01;
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
