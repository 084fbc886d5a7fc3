/** What a check found. Everything but `ok` says what to do. */
export type Finding =
  | { readonly state: 'ok'; readonly found: string }
  | { readonly state: 'warn' | 'fail'; readonly found: string; readonly advice: string };

/** One thing that a door needs of its machine. */
export interface Check {
  /** A word or two, for the left column. */
  readonly name: string;
  /** May reject: then the check itself failed, which counts as a fault. */
  readonly run: () => Promise<Finding>;
}

export function ok(found: string): Finding {
  return { state: 'ok', found };
}

/** The door works, but not as well or as long as it should. */
export function warn(found: string, advice: string): Finding {
  return { state: 'warn', found, advice };
}

/** The door does not work with it. */
export function fail(found: string, advice: string): Finding {
  return { state: 'fail', found, advice };
}
