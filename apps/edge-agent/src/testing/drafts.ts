import { doorPersonSchema, type AgentDoorEvent, type AgentEvent } from '@munjigi/contracts';
import { v7 as uuidV7 } from 'uuid';
import type { EventDraft, StateChange } from '../ports/event-store';

/** A denied visit, as it could have happened. */
export function eventDraft(more: Partial<EventDraft<AgentEvent>> = {}): EventDraft<AgentEvent> {
  return {
    id: uuidV7() as AgentEvent['id'],
    kind: 'access',
    occurredAt: '2026-10-01T09:00:00.000Z',
    monotonicMs: 1234.5,
    clockOffsetMs: null,
    trackId: uuidV7() as AgentEvent['trackId'],
    outcome: 'denied',
    reason: 'unknown-person',
    personId: null,
    similarity: 0.2,
    runnerUpSimilarity: null,
    similarityMin: 0.6,
    quality: 0.8,
    liveness: null,
    modelId: 'mobilefacenet-192',
    appliedRevision: 0,
    ...more,
  };
}

/** That the door was forced. */
export function forcedDraft(): EventDraft<Extract<AgentDoorEvent, { kind: 'door-forced' }>> {
  const { id, occurredAt, monotonicMs, clockOffsetMs } = eventDraft();
  return { id, occurredAt, monotonicMs, clockOffsetMs, kind: 'door-forced', details: {} };
}

/** A unit vector that depends on the seed alone; two seeds give nearly orthogonal ones. */
export function embeddingOf(seed: number, dimension = 192): Float32Array {
  let state = seed * 2654435761 + 1;
  const values = Float32Array.from({ length: dimension }, () => {
    state = (state * 1664525 + 1013904223) % 4294967296;
    return state / 2147483648 - 1;
  });
  const norm = Math.hypot(...values);
  return values.map((value) => value / norm);
}

/** A person with one template, as changes. */
export function personChanges(options: {
  personId: string;
  templateId: string;
  name: string;
  embedding: Float32Array;
  modelId?: string;
}): StateChange[] {
  const { personId, templateId, name, embedding, modelId = 'mobilefacenet-192' } = options;
  return [
    { kind: 'person.put', person: doorPersonSchema.parse({ id: personId, name }) },
    { kind: 'template.put', template: { templateId, personId, modelId, transformId: null, embedding } },
  ];
}
