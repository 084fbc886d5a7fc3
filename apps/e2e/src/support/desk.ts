import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  type Page,
  test,
} from '@playwright/test';
import { launchBrowser } from './browser';
import { Deployment } from './deployment';
import { OWNER } from './furnish';

/** What a desk may have beside a new deployment and a browser. */
export interface DeskOptions {
  /** Of the server. */
  readonly env?: NodeJS.ProcessEnv;
  /** Of the browser. */
  readonly flags?: readonly string[];
  /** Of the owner's page. */
  readonly context?: BrowserContextOptions;
}

/** A new deployment, a real browser, and a page in it on which the owner is signed in, in English. */
export class Desk {
  private constructor(
    readonly deployment: Deployment,
    readonly browser: Browser,
    readonly context: BrowserContext,
    readonly page: Page,
  ) {}

  /** For a `beforeAll`: where no browser starts, the tests after it are skipped with why. */
  static async start({ env, flags, context: options }: DeskOptions = {}): Promise<Desk> {
    const browser = await launchBrowser(flags).catch((error: Error) => {
      test.skip(true, error.message);
      throw error;
    });
    const deployment = await Deployment.start({
      ...{ MUNJIGI_ADMIN_EMAIL: OWNER.email, MUNJIGI_ADMIN_PASSWORD: OWNER.password },
      ...env,
    });
    const context = await browser.newContext({ ...contextOf(deployment), ...options });
    const desk = new Desk(deployment, browser, context, await context.newPage());
    await desk.post('/api/auth/login', OWNER);
    return desk;
  }

  /** Another browser's worth of cookies, in which nobody is signed in. */
  newContext(): Promise<BrowserContext> {
    return this.browser.newContext(contextOf(this.deployment));
  }

  /** Sends what a script of the owner would. @returns the answer's body @throws with the refusal */
  async post<T = { readonly id: string }>(path: string, data: object): Promise<T> {
    return this.send<T>('POST', path, data);
  }

  /** As {@link post}, by any method. */
  async send<T = { readonly id: string }>(method: string, path: string, data?: object): Promise<T> {
    const response = await this.page.request.fetch(path, { method, ...(data ? { data } : {}) });
    const text = await response.text();
    if (!response.ok()) throw new Error(`${method} ${path} was answered with ${response.status()}: ${text}`);
    return (text === '' ? {} : JSON.parse(text)) as T;
  }

  /** Ends all of it. */
  async stop(): Promise<void> {
    await this.browser.close();
    await this.deployment.stop();
  }
}

function contextOf(deployment: Deployment): BrowserContextOptions {
  return { baseURL: deployment.url, locale: 'en-GB', viewport: { width: 1440, height: 900 } };
}
