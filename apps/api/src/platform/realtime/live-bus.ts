import { Injectable } from '@nestjs/common';
import type { PreviewFrame } from '@munjigi/contracts';

/** What happens in this process that a console may want to see at once. */
export interface LiveSignals {
  /** A door sent a picture. */
  readonly frame: { readonly doorId: string; readonly frame: PreviewFrame };
  /** Events were stored; their transaction has committed. */
  readonly events: { readonly eventIds: readonly string[] };
  /** The same for what happened to doors apart from visits. */
  readonly doorEvents: { readonly eventIds: readonly string[] };
  /** An alarm was raised or seen to. */
  readonly alarm: { readonly alarmId: string };
  /** A door's settings or state changed. */
  readonly door: { readonly doorId: string };
}

type Listener<K extends keyof LiveSignals> = (signal: LiveSignals[K]) => void;

/** Carries what happens from the features that do it to those that show it; nobody has to listen. */
@Injectable()
export class LiveBus {
  private readonly listeners: { [K in keyof LiveSignals]: Set<Listener<K>> } = {
    frame: new Set(),
    events: new Set(),
    doorEvents: new Set(),
    alarm: new Set(),
    door: new Set(),
  };

  /** @returns how to stop listening */
  on<K extends keyof LiveSignals>(kind: K, listener: Listener<K>): () => void {
    this.listeners[kind].add(listener);
    return () => this.listeners[kind].delete(listener);
  }

  send<K extends keyof LiveSignals>(kind: K, signal: LiveSignals[K]): void {
    for (const listener of this.listeners[kind]) listener(signal);
  }
}
