import type { AgentIdentity } from './simulated-agent';

/** What the fleet's process is told. */
export type FleetOrder =
  | {
      readonly type: 'connect';
      readonly url: string;
      readonly agents: readonly AgentIdentity[];
      /** Ids of those who pass. */
      readonly people: readonly string[];
      readonly seed: number;
    }
  /** Send as fast as the server takes it, `batch` events at a time, for so long. */
  | { readonly type: 'flood'; readonly seconds: number; readonly batch: number }
  /** Let so many events happen in a second, all agents together, until told otherwise. */
  | { readonly type: 'flow'; readonly rate: number }
  /** Stop making events, send what waits, and say how far each agent is. */
  | { readonly type: 'finish' };

/** How events went in a phase. */
export interface FleetFigures {
  readonly seconds: number;
  readonly acknowledged: number;
  /** ms from sending a batch to its acknowledgement. */
  readonly acknowledgedMs: readonly number[];
  /** Connections that were broken on purpose with a batch on its way. */
  readonly broken: number;
}

/** What the fleet's process says. */
export type FleetNews =
  | { readonly type: 'connected'; readonly seconds: number }
  | { readonly type: 'flooded'; readonly figures: FleetFigures }
  | { readonly type: 'finished'; readonly figures: FleetFigures; readonly lastSequences: readonly number[] }
  | { readonly type: 'failed'; readonly message: string };
