import { TemplateTransform } from '@munjigi/face-core';
import { TemplateVault } from '../features/people/template-vault';
import { newId } from '../platform/database/uuid';
import { MODEL_ID, TestAgent } from './test-agent';
import type { TestServer } from './test-server';

/** A direction that belongs to a number; two of them are far apart. */
export function testEmbedding(number: number, dimension = 192): Float32Array {
  let state = (number + 1) * 2654435761;
  const values = Float32Array.from({ length: dimension }, () => {
    state = (state * 1664525 + 1013904223) % 4294967296;
    return state / 2147483648 - 1;
  });
  const length = Math.hypot(...values);
  return values.map((value) => value / length);
}

/** Adds people with a template each, as enrolment does. @returns the template's id by its number */
export async function addTemplates(server: TestServer, count: number): Promise<Map<number, string>> {
  const vault = server.running.app.get(TemplateVault, { strict: false });
  const ids = new Map<number, string>();
  for (let number = 0; number < count; number++) {
    const { body } = await server.call('POST', '/api/people', { json: { name: `Person ${number}` } });
    const given = { personId: body.id as string, modelId: MODEL_ID, origin: 'photo' as const };
    const template = await server.dataSource.transaction(async (manager) => {
      const added = await vault.add(manager, { ...given, embedding: testEmbedding(number) });
      await manager.query(`UPDATE change_head SET revision = revision + 1`);
      await manager.query(
        `INSERT INTO change (family, entity_id, deleted, revision) SELECT 'template', $1, false, revision FROM change_head`,
        [added.id],
      );
      return added;
    });
    ids.set(number, template.id);
  }
  return ids;
}

/** What a door of the server is sent. */
export interface DoorView {
  /** By template: the embedding as it is sent, and the transform that it is in. */
  readonly templates: Map<string, { sent: Float32Array; plain: Float32Array; transformId: string | null }>;
  readonly transformIds: string[];
}

/** Connects a new door's agent that knows transforms, and reads the whole feed as it does. */
export async function readAsDoor(server: TestServer): Promise<DoorView> {
  const { body } = await server.call('POST', '/api/doors', { json: { name: `Reader ${newId()}` } });
  const agent = await TestAgent.connect(server.url, body.agentToken as string);
  await agent.hello({ capabilities: ['template-transform'] });
  const changes = await agent.pullAll();
  agent.close();
  const transforms = new Map<string, TemplateTransform>();
  const view: DoorView = { templates: new Map(), transformIds: [] };
  for (const change of changes) {
    if (change.kind === 'transform.put') {
      transforms.set(change.transform.id, new TemplateTransform(change.transform.secret, 192));
      view.transformIds.push(change.transform.id);
    }
    if (change.kind !== 'template.put') continue;
    const sent = new Float32Array(Uint8Array.from(change.template.embedding).buffer);
    const { transformId } = change.template;
    const transform = transformId === null ? undefined : transforms.get(transformId);
    if (transformId !== null && !transform) throw new Error('a template came before its transform');
    view.templates.set(change.template.id, { sent, plain: transform?.revert(sent) ?? sent, transformId });
  }
  return view;
}
