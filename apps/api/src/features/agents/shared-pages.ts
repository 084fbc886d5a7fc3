import { Injectable } from '@nestjs/common';

/** Doors that were told together pull within moments. */
const KEPT_MS = 5_000;
const KEPT_MAX = 8;

interface Kept<T> {
  readonly madeAtMs: number;
  readonly page: Promise<T>;
}

/**
 * Pages of the change feed that are the same for many doors, made once: a thousand doors pull the same page after each
 * change. Kept for seconds, since they hold templates.
 */
@Injectable()
export class SharedPages {
  private readonly kept = new Map<string, Kept<unknown>>();

  /**
   * The page of that name; made when nobody has made it in the last seconds.
   *
   * @param name of all that the page depends on, the end of the feed above all
   */
  async get<T>(name: string, make: () => Promise<T>): Promise<T> {
    const now = performance.now();
    for (const [each, { madeAtMs }] of this.kept) if (now - madeAtMs > KEPT_MS) this.kept.delete(each);
    const known = this.kept.get(name) as Kept<T> | undefined;
    if (known) return known.page;
    const page = make();
    this.kept.set(name, { madeAtMs: now, page });
    page.catch(() => this.kept.delete(name));
    for (const each of this.kept.keys()) {
      if (this.kept.size <= KEPT_MAX) break;
      this.kept.delete(each);
    }
    return page;
  }
}
