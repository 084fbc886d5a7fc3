import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import { Client } from 'pg';
import { DataSource, type EntityManager } from 'typeorm';

const RETRY_MS = 1_000;

type Listener = (payload: string) => void;

/**
 * Carries short messages to every server on the same database, this one included: sent with the commit of the
 * caller's transaction, and only then. A server that lost its connection is told of the gap, not of what it missed.
 */
@Injectable()
export class Notifications implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly listeners = new Map<string, Set<Listener>>();
  private readonly gapListeners = new Set<() => void>();
  private client?: Client;
  private retryTimer?: NodeJS.Timeout;
  private stopped = false;

  constructor(
    private readonly dataSource: DataSource,
    private readonly logger: PinoLogger,
  ) {}

  /** Sends in the caller's transaction. @param payload under 8,000 bytes */
  async send(manager: EntityManager, channel: string, payload: string): Promise<void> {
    await manager.query('SELECT pg_notify($1, $2)', [channel, payload]);
  }

  /** Hears what is sent on a channel; call it before the application has started. @returns how to stop it. */
  on(channel: string, listener: Listener): () => void {
    const listeners = this.listeners.get(channel) ?? new Set();
    this.listeners.set(channel, listeners.add(listener));
    return () => listeners.delete(listener);
  }

  /** Hears that messages may have been missed. @returns how to stop it. */
  onGap(listener: () => void): () => void {
    this.gapListeners.add(listener);
    return () => this.gapListeners.delete(listener);
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.connect();
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.retryTimer);
    await this.client?.end().catch(() => undefined);
  }

  private async connect(): Promise<void> {
    const client = new Client(this.target());
    this.client = client;
    // Whatever happens to it ends it; the end is where a new one is made.
    client.on('error', () => undefined);
    client.once('end', () => this.reconnectLater());
    client.on('notification', ({ channel, payload }) =>
      this.listeners.get(channel)?.forEach((listener) => listener(payload ?? '')),
    );
    try {
      await client.connect();
      for (const channel of this.listeners.keys())
        await client.query(`LISTEN ${client.escapeIdentifier(channel)}`);
    } catch (err) {
      this.logger.warn({ err }, 'notifications of the database cannot be heard');
      await client.end().catch(() => undefined);
      this.reconnectLater();
    }
  }

  private reconnectLater(): void {
    if (this.stopped || this.retryTimer) return;
    this.retryTimer = setTimeout(() => {
      this.retryTimer = undefined;
      void this.connect().then(() => this.gapListeners.forEach((listener) => listener()));
    }, RETRY_MS).unref();
  }

  private target(): ConstructorParameters<typeof Client>[0] {
    const options = this.dataSource.options as {
      url?: string;
      host?: string;
      port?: number;
      username?: string;
      database?: string;
    };
    const common = {
      application_name: 'munjigi-notifications',
      keepAlive: true,
      connectionTimeoutMillis: 5_000,
    };
    if (options.url !== undefined) return { ...common, connectionString: options.url };
    return {
      ...common,
      host: options.host,
      port: options.port,
      user: options.username,
      database: options.database,
    };
  }
}
