/** The folder of what this server keeps beside the database: keys, and what must outlive a backup. */
export class DataFolder {
  /** @param path absolute */
  constructor(readonly path: string) {}
}
