declare module '@npmcli/config' {
  interface ConfigOptions {
    definitions: object;
    shorthands: object;
    flatten: unknown;
    npmPath: string;
    argv?: readonly string[];
    cwd?: string;
    warn?: boolean;
  }
  /** npm's configuration: defaults, the project's, user's and global `.npmrc`, the environment. */
  class Config {
    constructor(options: ConfigOptions);
    load(): Promise<void>;
    /** Every setting in the form that npm's libraries take. */
    readonly flat: Record<string, unknown>;
  }
  export = Config;
}

declare module '@npmcli/config/lib/definitions/index.js' {
  const known: { readonly definitions: object; readonly shorthands: object; readonly flatten: unknown };
  export = known;
}
