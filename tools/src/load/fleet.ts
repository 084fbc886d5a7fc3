import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import type { FleetNews, FleetOrder } from './fleet-protocol';

/** The process of the simulated agents; it ends with this one. */
export class FleetProcess {
  private readonly child: ChildProcess;

  constructor() {
    this.child = fork(join(__dirname, 'fleet-process.ts'), { execArgv: ['--import', 'tsx'] });
  }

  /** Gives an order, and waits for the news that it leads to. @throws when the fleet fails or ends */
  async ask<T extends FleetNews['type']>(order: FleetOrder, type: T): Promise<FleetNews & { type: T }> {
    const news = new Promise<FleetNews>((resolve, reject) => {
      this.child.once('message', (message) => resolve(message as FleetNews));
      this.child.once('exit', (code) => reject(new Error(`The agents’ process ended with code ${code}.`)));
    });
    this.tell(order);
    const heard = await news;
    if (heard.type === type) return heard as FleetNews & { type: T };
    throw new Error(heard.type === 'failed' ? heard.message : `The agents’ process said ${heard.type}.`);
  }

  tell(order: FleetOrder): void {
    this.child.send(order);
  }

  stop(): void {
    this.child.kill('SIGKILL');
  }
}
