import type { WireError } from './wire-error';

/** What a thread can be asked, by name, and what it answers. */
export type ThreadCalls = Record<string, { readonly ask: unknown; readonly answer: unknown }>;

/** One function for each call. */
export type Handlers<C extends ThreadCalls> = {
  readonly [Name in keyof C]: (ask: C[Name]['ask']) => Promise<C[Name]['answer']>;
};

/** A question, numbered by the asking side. */
export interface ThreadRequest {
  readonly id: number;
  /** Absent in the last one, which asks the thread to end. */
  readonly call?: string;
  readonly ask?: unknown;
}

/** The answer to the question of the same number. */
export type ThreadResponse =
  { readonly id: number; readonly answer: unknown } | { readonly id: number; readonly error: WireError };

/** What a thread says once, when it is ready or cannot be. */
export type ThreadGreeting<G> = { readonly greeting: G } | { readonly error: WireError };
