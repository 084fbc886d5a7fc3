import type { AddressInfo } from 'node:net';
import { NestFactory } from '@nestjs/core';
import { AGENT_NAMESPACE, LIVE_NAMESPACE } from '@munjigi/contracts';
import type { NestExpressApplication } from '@nestjs/platform-express';
import pino, { type DestinationStream, type Logger } from 'pino';
import type { DataSource } from 'typeorm';
import { AppModule } from './app.module';
import type { Config } from './config';
import { ENTITIES } from './entities';
import { AuditCheckpoints } from './platform/audit/audit-checkpoints';
import { openAuditKey } from './platform/audit/audit-key-file';
import { refuseCrossSite } from './platform/auth/csrf.middleware';
import { prepareFirstOwner } from './platform/auth/first-owner';
import { createConsoleProxy } from './platform/console-proxy/console-proxy';
import { adoptSealedRows } from './features/secrets/adopt-sealed-rows';
import { prepareSecrets } from './features/secrets/prepare-secrets';
import { DataFolder } from './platform/data-folder';
import { HealthOptions } from './platform/health/server-checks';
import { measureRequests } from './platform/metrics/measure-requests';
import { Metrics } from './platform/metrics/metrics';
import { KeyRing } from './platform/crypto/key-ring';
import { migrate, withPreparationLock } from './platform/database/migrate';
import { openDatabase, type OpenDatabase } from './platform/database/open-database';
import { prepareServerRole } from './platform/database/server-role';
import { StartError } from './platform/errors/start-error';
import { apiHeaders, securityHeaders } from './platform/http/security-headers';
import { OutboundNetworks } from './platform/http/outbound-networks';
import { identifyRequest } from './platform/http/request-id';
import { loggerOptions, loggingParams } from './platform/logging/logging';
import { NestLogger } from './platform/logging/nest-logger';
import { serveOpenApi } from './platform/openapi/openapi';
import type { PlatformParts } from './platform/platform.module';
import { knownModel } from './platform/vision/known-model';
import { listenForAgents, type AgentListener, type AgentTlsOptions } from './platform/realtime/agent-tls';
import { clusterAdapter } from './platform/realtime/cluster-adapter';
import { SocketAdapter } from './platform/realtime/socket.adapter';

/** How long requests that are under way may take to finish when the server stops. */
const DRAIN_MS = 5_000;

/** A server that takes requests. */
export interface RunningServer {
  readonly app: NestExpressApplication;
  /** Where it listens, such as `http://127.0.0.1:3000`. */
  readonly url: string;
  /** Where doors with certificates reach it, such as `https://127.0.0.1:8443`; null: there is no such listener. */
  readonly agentUrl: string | null;
  /** Lets whoever has it make the first owner, to be shown once; null when somebody can sign in. */
  readonly setupCode: string | null;
  /** Answers what is under way, closes every socket, and stops the embedded database. */
  readonly close: () => Promise<void>;
}

/** What a caller may replace. */
export interface ServerOptions {
  /** Where log lines go; standard error unless given. */
  readonly logDestination?: DestinationStream;
}

/**
 * Starts the whole server: database, schema, keys, first owner, routes and sockets.
 *
 * @throws {StartError} that says what is wrong and what to do; nothing is left running then.
 */
export async function startServer(config: Config, options: ServerOptions = {}): Promise<RunningServer> {
  const destination = options.logDestination ?? pino.destination(2);
  const logger = pino(loggerOptions(config.logLevel), destination);
  const model = await knownModel(config);
  const keyRing = await KeyRing.open({
    dataDirectory: config.dataDirectory,
    given: config.templateKeys,
    services: config.keyServices,
    clustered: config.clustered,
  });
  const database = await openDatabase({
    ...config,
    entities: ENTITIES,
    waitMs: config.databaseWaitMs,
    report: (message, fields) => logger.warn(fields, message),
  });
  try {
    const owner = database.dataSource;
    const checkpoints = new AuditCheckpoints(await openAuditKey(config.dataDirectory, config.auditKey));
    const setupCode = await withPreparationLock(owner, async () => {
      await migrate(owner);
      await checkpoints.announce(owner.manager);
      await prepareSecrets(owner, keyRing);
      const adopted = await adoptSealedRows(owner, keyRing);
      if (adopted.templates + adopted.portraits > 0)
        logger.info(adopted, 'sealed anew with the keys of people');
      return prepareFirstOwner(owner, config.firstAdministrator, { keepCodes: config.clustered });
    });
    const dataSource = await workWithFewerRights(database, logger);
    const parts: PlatformParts = {
      dataSource,
      checkpoints,
      keyRing,
      dataFolder: new DataFolder(config.dataDirectory),
      clustered: config.clustered,
      auth: config.auth,
      agentTls: config.agentTls,
      outbound: new OutboundNetworks(config.webhookNetworks),
      health: new HealthOptions(config.dataDirectory, config.databaseUrl === undefined),
      vision: config,
      model,
      mail: config.mail,
      logging: loggingParams(config.logLevel, destination),
    };
    const { app, sockets } = await createApp(config, parts);
    return { ...(await listen(app, sockets, config, database)), setupCode };
  } catch (error) {
    await database.close();
    throw error;
  }
}

/** From here on the server cannot change what the account says, where the database lets it give that right up. */
async function workWithFewerRights(database: OpenDatabase, logger: Logger): Promise<DataSource> {
  const prepared = await withPreparationLock(database.dataSource, () =>
    prepareServerRole(database.dataSource),
  );
  try {
    if ('refused' in prepared) throw prepared.refused;
    return await database.workAs(prepared.role);
  } catch (err) {
    logger.warn(
      { err },
      'the rights of the database user are not split: only a trigger keeps the account from being changed. Let the ' +
        'user of DATABASE_URL make roles (CREATEROLE), or make the role munjigi_server and grant it to that user',
    );
    return database.dataSource;
  }
}

/** The application with all that stands before its routes, not yet listening. */
async function createApp(
  config: Config,
  parts: PlatformParts,
): Promise<{ app: NestExpressApplication; sockets: SocketAdapter }> {
  const app = await NestFactory.create<NestExpressApplication>(AppModule.forRoot(parts), {
    bodyParser: false,
    bufferLogs: true,
    abortOnError: false,
  });
  app.useLogger(app.get(NestLogger));
  // These may say who the caller is and whether TLS was used; nobody else may.
  app.set('trust proxy', config.trustedProxies);
  app.disable('x-powered-by');
  const consoleProxy = createConsoleProxy(config.consoleUrl);
  consoleProxy.attach(app.getHttpServer());
  app.use(identifyRequest, securityHeaders, consoleProxy.middleware);
  const metrics = app.get(Metrics);
  app.use('/api', measureRequests(metrics), apiHeaders, refuseCrossSite);
  app.useBodyParser('json', { limit: '100kb' });
  app.setGlobalPrefix('api');
  const sockets = new SocketAdapter(app, parts.clustered ? clusterAdapter(parts.dataSource) : undefined);
  app.useWebSocketAdapter(sockets);
  metrics.gauge('munjigi_sockets', 'Sockets of this process.', ['namespace'], () =>
    [AGENT_NAMESPACE, LIVE_NAMESPACE].map((namespace) => ({
      labels: { namespace },
      value: sockets.socketsOf(namespace),
    })),
  );
  serveOpenApi(app);
  return { app, sockets };
}

async function listen(
  app: NestExpressApplication,
  sockets: SocketAdapter,
  config: Config,
  database: OpenDatabase,
): Promise<Omit<RunningServer, 'setupCode'>> {
  let agents: AgentListener | null = null;
  try {
    await app.listen(config.port, config.host);
    agents = await listenTls(app, sockets, config.agentTls);
  } catch (error) {
    await app.close();
    throw error instanceof StartError ? error : listenError(error, config);
  }
  const { address, port, family } = app.getHttpServer().address() as AddressInfo;
  const host = family === 'IPv6' ? `[${address}]` : address;
  return {
    app,
    url: `http://${host}:${port}`,
    agentUrl: agents === null ? null : `https://${config.agentTls.listener?.host}:${agents.port}`,
    close: async () => {
      await agents?.close();
      await closeApp(app);
      await database.close();
    },
  };
}

async function listenTls(
  app: NestExpressApplication,
  sockets: SocketAdapter,
  { listener }: AgentTlsOptions,
): Promise<AgentListener | null> {
  if (listener === null) return null;
  try {
    return await listenForAgents(listener, { sockets: sockets.io, app: app.getHttpServer() });
  } catch (cause) {
    throw new StartError(
      'server/agent-tls',
      `Doors cannot be listened for over TLS at ${listener.host}:${listener.port}: ${(cause as Error).message}. ` +
        'Correct the settings MUNJIGI_AGENT_TLS_…, or leave them out.',
    );
  }
}

/** Takes no more requests, lets those under way finish within bounds, and closes the sockets. */
async function closeApp(app: NestExpressApplication): Promise<void> {
  const server = app.getHttpServer();
  // A connection that is kept alive is idle only once its last answer has gone.
  const idle = setInterval(() => server.closeIdleConnections(), 50);
  const late = setTimeout(() => server.closeAllConnections(), DRAIN_MS);
  try {
    await app.close();
  } finally {
    clearInterval(idle);
    clearTimeout(late);
  }
}

function listenError(error: unknown, { port, host }: Config): unknown {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'EADDRINUSE') {
    return new StartError(
      'server/port-taken',
      `Port ${port} on ${host} is taken by another program. Stop that program, or set PORT to another port.`,
    );
  }
  if (code === 'EACCES') {
    return new StartError(
      'server/port-forbidden',
      `Port ${port} may not be used by this user. Set PORT to 1024 or above.`,
    );
  }
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
    return new StartError(
      'server/no-such-address',
      `This machine has no address ${host}. Correct MUNJIGI_HOST.`,
    );
  }
  return error;
}
