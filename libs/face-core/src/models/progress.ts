/** How an installation is getting on. */
export interface InstallProgress {
  /** The package or model at work, for people. */
  readonly name: string;
  /** `fetch` counts bytes of a package (total 0 while unknown), `convert` and `ready` whole files. */
  readonly step: 'fetch' | 'convert' | 'ready';
  readonly done: number;
  readonly total: number;
}
