import { createHash } from 'node:crypto';
import {
  DOOR_PART,
  PART_BYTES,
  STATE_PARTS,
  addToParts,
  partOf,
  stateText,
  unpackTemplates,
  type changeSchema,
} from '../index';
import type * as z from 'zod';

type ChangeView = z.input<typeof changeSchema>;

/** The newest of the changes that put something there, by what they put. */
function stateOf(changes: readonly ChangeView[]): ChangeView[] {
  const state = new Map<string, ChangeView>();
  for (const change of unpacked(changes)) {
    switch (change.kind) {
      case 'person.put':
        state.set(change.person.id, change);
        break;
      case 'template.put':
        state.set(change.template.id, change);
        break;
      case 'transform.put':
        state.set(change.transform.id, change);
        break;
      case 'person.delete':
        state.delete(change.personId);
        break;
      case 'template.delete':
        state.delete(change.templateId);
        break;
      case 'transform.delete':
        state.delete(change.transformId);
        break;
      default:
        state.set(change.kind, change);
    }
  }
  return [...state.values()];
}

/** Changes with each template of a block on its own. */
function unpacked(changes: readonly ChangeView[]): ChangeView[] {
  return changes.flatMap((change): ChangeView[] => {
    if (change.kind !== 'templates.put') return [change];
    const { block, count, modelId, revision } = change;
    const bytes = block instanceof ArrayBuffer ? new Uint8Array(block) : block;
    const dimension = (bytes.byteLength / count - 48) / 4;
    return (unpackTemplates(bytes, { count, dimension }) ?? []).map((template) => ({
      ...{ kind: 'template.put' as const, revision },
      template: { ...template, modelId },
    }));
  });
}

/** All changes that put what belongs into a part. */
export function changesOfPart(changes: readonly ChangeView[], part: number): ChangeView[] {
  return stateOf(changes).filter((change) => entryOf(change)[0] === part);
}

/** The digest of what changes make of nothing. */
export function digestOf(changes: readonly ChangeView[]): Uint8Array {
  const parts = new Uint8Array(STATE_PARTS * PART_BYTES);
  for (const change of stateOf(changes)) {
    const [part, text] = entryOf(change);
    addToParts(parts, part, createHash('sha256').update(text).digest());
  }
  return parts;
}

function entryOf(change: ChangeView): [number, string] {
  switch (change.kind) {
    case 'person.put':
      return [partOf(change.person.id), stateText.person(change.person.id, change.etag ?? '')];
    case 'template.put': {
      const { transformId = null, ...template } = change.template;
      return [partOf(template.id), stateText.template({ ...template, transformId })];
    }
    case 'transform.put':
      return [DOOR_PART, stateText.transform(change.transform.id)];
    case 'door.put':
      return [DOOR_PART, stateText.door(change.door.id, change.etag ?? '')];
    case 'rules.put':
      return [DOOR_PART, stateText.rules(change.etag ?? '')];
    default:
      throw new Error(`A ${change.kind} puts nothing.`);
  }
}
