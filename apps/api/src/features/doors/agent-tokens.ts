import { Injectable } from '@nestjs/common';

type Listener = (doorId: string) => void;

/** Says when a door's token was replaced, so that what was opened with the old one is closed. */
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
