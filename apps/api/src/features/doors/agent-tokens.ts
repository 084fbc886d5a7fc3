import { Injectable } from '@nestjs/common';

type Listener = (doorId: string) => void;

/** Says when what a door's agent proves itself by was replaced or taken, so that what was opened with it is closed. */
@Injectable()
export class AgentTokens {
  private readonly listeners = new Set<Listener>();

  /** @returns how to stop listening */
  onReplaced(listener: Listener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  replaced(doorId: string): void {
    for (const listener of this.listeners) listener(doorId);
  }
}
