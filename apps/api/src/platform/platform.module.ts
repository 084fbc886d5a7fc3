import { Global, Module, type DynamicModule } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR, APP_PIPE } from '@nestjs/core';
import { LoggerModule, PinoLogger, type Params } from 'nestjs-pino';
import { ZodSerializerInterceptor, ZodValidationPipe } from 'nestjs-zod';
import { DataSource } from 'typeorm';
import { Audit } from './audit/audit';
import { AuditCheckpoints } from './audit/audit-checkpoints';
import { AuditJobs } from './audit/audit-jobs';
import { ApiTokenStore } from './auth/api-token-store';
import { AuthOptions } from './auth/auth-options';
import { Credentials } from './auth/credentials';
import { KnownBrowsers } from './auth/known-browsers';
import { OwnPassword } from './auth/own-password';
import { Proofs } from './auth/proofs';
import { SecondFactors } from './auth/second-factors';
import { SessionEnds } from './auth/session-ends';
import { SessionStore } from './auth/session-store';
import { SessionGuard } from './auth/session.guard';
import { SignInThrottle } from './auth/sign-in-throttle';
import { ChangeFeed } from './change-feed/change-feed';
import { Cluster } from './cluster/cluster';
import { Notifications } from './database/notifications';
import { DataFolder } from './data-folder';
import { KeyRing } from './crypto/key-ring';
import { TemplateTransforms } from './crypto/template-transforms';
import { ProblemFilter } from './errors/problem.filter';
import { HealthChecks } from './health/health-checks';
import { HealthController } from './health/health.controller';
import { HealthOptions, ServerChecks } from './health/server-checks';
import { OutboundNetworks } from './http/outbound-networks';
import { StorableTextPipe } from './http/storable-text.pipe';
import { Jobs } from './jobs/jobs';
import { JobsController } from './jobs/jobs.controller';
import { JobsService } from './jobs/jobs.service';
import { Mailer, type MailOptions } from './mail/mailer';
import { Metrics } from './metrics/metrics';
import { MetricsController } from './metrics/metrics.controller';
import { ServerMetrics } from './metrics/server-metrics';
import { NestLogger } from './logging/nest-logger';
import { AgentTlsOptions } from './realtime/agent-tls';
import { LiveBus } from './realtime/live-bus';
import type { KnownModel } from './vision/known-model';
import { Similarities } from './vision/similarities';
import { Settings } from './settings/settings';
import { Vision, type VisionOptions } from './vision/vision';

/** What must exist before the application does. */
export interface PlatformParts {
  /** Connected, its schema current. */
  readonly dataSource: DataSource;
  readonly checkpoints: AuditCheckpoints;
  readonly keyRing: KeyRing;
  /** Whether other processes may serve the same database. */
  readonly clustered: boolean;
  readonly dataFolder: DataFolder;
  readonly auth: AuthOptions;
  readonly agentTls: AgentTlsOptions;
  readonly health: HealthOptions;
  readonly outbound: OutboundNetworks;
  readonly vision: VisionOptions;
  readonly model: KnownModel;
  readonly mail?: MailOptions;
  readonly logging: Params;
}

/** What all features share, and what holds for all routes: the guard, the schemas, the shape of errors. */
@Global()
@Module({})
export class PlatformModule {
  static forRoot(parts: PlatformParts): DynamicModule {
    return {
      module: PlatformModule,
      imports: [LoggerModule.forRoot(parts.logging)],
      controllers: [HealthController, JobsController, MetricsController],
      providers: [
        { provide: DataSource, useValue: parts.dataSource },
        { provide: AuthOptions, useValue: parts.auth },
        { provide: AgentTlsOptions, useValue: parts.agentTls },
        { provide: DataFolder, useValue: parts.dataFolder },
        { provide: AuditCheckpoints, useValue: parts.checkpoints },
        { provide: HealthOptions, useValue: parts.health },
        { provide: OutboundNetworks, useValue: parts.outbound },
        { provide: KeyRing, useValue: parts.keyRing },
        { provide: Mailer, useFactory: () => new Mailer(parts.mail) },
        {
          provide: Cluster,
          useFactory: (logger: PinoLogger) => new Cluster(parts.clustered, parts.dataSource, logger),
          inject: [PinoLogger],
        },
        {
          provide: Jobs,
          useFactory: (logger: PinoLogger) => new Jobs(parts.dataSource, logger),
          inject: [PinoLogger],
        },
        {
          provide: Vision,
          useFactory: (logger: PinoLogger) => new Vision(parts.vision, logger),
          inject: [PinoLogger],
        },
        {
          provide: Similarities,
          useFactory: (logger: PinoLogger) =>
            new Similarities(parts.model, parts.vision.modelsDirectory, logger),
          inject: [PinoLogger],
        },
        { provide: APP_GUARD, useClass: SessionGuard },
        { provide: APP_PIPE, useClass: StorableTextPipe },
        { provide: APP_PIPE, useClass: ZodValidationPipe },
        { provide: APP_INTERCEPTOR, useClass: ZodSerializerInterceptor },
        { provide: APP_FILTER, useClass: ProblemFilter },
        ApiTokenStore,
        Audit,
        AuditJobs,
        ChangeFeed,
        Credentials,
        HealthChecks,
        JobsService,
        LiveBus,
        KnownBrowsers,
        Metrics,
        NestLogger,
        Notifications,
        OwnPassword,
        Proofs,
        SecondFactors,
        SessionEnds,
        SessionStore,
        ServerChecks,
        ServerMetrics,
        Settings,
        SignInThrottle,
        TemplateTransforms,
      ],
      exports: [
        AgentTlsOptions,
        Audit,
        AuditCheckpoints,
        AuthOptions,
        ChangeFeed,
        Cluster,
        Credentials,
        DataFolder,
        DataSource,
        HealthChecks,
        Jobs,
        LiveBus,
        KnownBrowsers,
        Mailer,
        Metrics,
        OutboundNetworks,
        Notifications,
        OwnPassword,
        Proofs,
        SecondFactors,
        SessionEnds,
        KeyRing,
        SessionStore,
        Settings,
        SignInThrottle,
        Similarities,
        TemplateTransforms,
        Vision,
      ],
    };
  }
}
