import type { Door } from '@munjigi/contracts';
import { ChangeFeed } from '../platform/change-feed/change-feed';
import { TemplateVault } from '../features/people/template-vault';
import { MODEL_ID, TestAgent } from './test-agent';
import { TestServer } from './test-server';

/** A server, doors of it, and the agents that connected as them. */
export class AgentBench {
  readonly #agents: TestAgent[] = [];

  private constructor(readonly server: TestServer) {}

  static async start(): Promise<AgentBench> {
    return new AgentBench(await (await TestServer.start()).signIn());
  }

  async makeDoor(): Promise<{ id: string; token: string }> {
    const { body } = await this.server.call('POST', '/api/doors', { json: { name: 'Tested' } });
    return { id: body.door.id as string, token: body.agentToken as string };
  }

  async readDoor(id: string): Promise<Door> {
    return (await this.server.call('GET', `/api/doors/${id}`)).body as Door;
  }

  /** Connects as the door of a token; gone with `closeAgents`. */
  async connect(token: string): Promise<TestAgent> {
    const agent = await TestAgent.connect(this.server.url, token);
    this.#agents.push(agent);
    return agent;
  }

  /** Gives a person a template without a face having to be looked at. @returns its id */
  async enrol(personId: string, modelId = MODEL_ID): Promise<string> {
    const { app } = this.server.running;
    return this.server.dataSource.transaction(async (manager) => {
      const embedding = Float32Array.of(0.6, -0.8, 0);
      const vault = app.get(TemplateVault, { strict: false });
      const template = await vault.add(manager, { personId, modelId, origin: 'photo', embedding });
      const change = { family: 'template', entityId: template.id, deleted: false } as const;
      await app.get(ChangeFeed).record(manager, [change]);
      return template.id;
    });
  }

  closeAgents(): void {
    for (const agent of this.#agents.splice(0)) agent.close();
  }

  close(): Promise<void> {
    return this.server.close();
  }
}
