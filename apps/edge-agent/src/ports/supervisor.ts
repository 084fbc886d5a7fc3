/** What the agent tells whoever runs it. */
export type SupervisorWord = 'ready' | 'alive' | 'stopping';

/** Whoever runs the agent, and begins it anew when it says nothing for long. */
export interface Supervisor {
  /** For how long the agent may say nothing, ms; null: it is not watched. */
  readonly patienceMs: number | null;
  /** Tells it. Returns at once; a word that cannot be told is in the log. */
  tell(word: SupervisorWord): void;
}

/** Nobody runs the agent. */
export const NO_SUPERVISOR: Supervisor = { patienceMs: null, tell: () => undefined };
