import { UseFilters, UseGuards, type OnApplicationShutdown } from '@nestjs/common';
import {
  ConnectedSocket,
  MessageBody,
  SubscribeMessage,
  WebSocketGateway,
  type OnGatewayConnection,
  type OnGatewayDisconnect,
  type OnGatewayInit,
} from '@nestjs/websockets';
import {
  AGENT_NAMESPACE,
  clockSyncSchema,
  doorStateSchema,
  eventsCheckpointSchema,
  eventsPushEnvelopeSchema,
  imagesChunkSchema,
  imagesOfferSchema,
  keysRotateSchema,
  peopleRevokedSchema,
  previewFrameSchema,
  proveSchema,
  syncAppliedSchema,
  syncDigestSchema,
  syncPullSchema,
  syncRepairSchema,
  whereaboutsPullSchema,
  type ClockSync,
  type DoorState,
  type EventsCheckpoint,
  type EventsPushEnvelope,
  type ImagesChunk,
  type ImagesOffer,
  type KeysRotate,
  type PeopleRevoked,
  type PreviewFrame,
  type Prove,
  type SyncApplied,
  type SyncDigest,
  type SyncPull,
  type SyncRepair,
  type clockSyncAnswerSchema,
  type eventsCheckpointAnswerSchema,
  type eventsPushAnswerSchema,
  type helloAnswerSchema,
  type imagesChunkAnswerSchema,
  type imagesOfferAnswerSchema,
  type keysRotateAnswerSchema,
  type proveAnswerSchema,
  type syncDigestAnswerSchema,
  type syncPullAnswerSchema,
  type syncRepairAnswerSchema,
  type WhereaboutsPull,
  type whereaboutsPullAnswerSchema,
} from '@munjigi/contracts';
import { PinoLogger } from 'nestjs-pino';
import type { z } from 'zod';
import { ChangeFeed } from '../../platform/change-feed/change-feed';
import { Cluster } from '../../platform/cluster/cluster';
import { LiveBus } from '../../platform/realtime/live-bus';
import { SocketErrorFilter } from '../../platform/realtime/socket-error.filter';
import { AgentTokens } from '../doors/agent-tokens';
import { EventPicturesService } from '../event-pictures/event-pictures.service';
import { AgentAdmission } from './agent-admission';
import { AgentAuthentication } from './agent-authentication';
import { AgentLink } from './agent-link';
import { AgentMessagePipe } from './agent-message.pipe';
import { doorOf, type AgentNamespace, type AgentSocket } from './agent-socket';
import { AgentSessions } from './agent-sessions';
import { AgentVersions } from './agent-versions';
import { FromAgent } from './from-agent.decorator';
import { Revocations } from './revocations';
import { WhereaboutsRelay } from './whereabouts';
import { HelloGuard } from './hello.guard';

/** The door agents' end of the server. Every answer is `{ok: true, …}` or `{ok: false, error}`. */
@WebSocketGateway({ namespace: AGENT_NAMESPACE })
@UseGuards(HelloGuard)
@UseFilters(SocketErrorFilter)
export class AgentGateway
  implements OnGatewayInit, OnGatewayConnection, OnGatewayDisconnect, OnApplicationShutdown
{
  private readonly stops: (() => void)[] = [];

  constructor(
    private readonly admission: AgentAdmission,
    private readonly authentication: AgentAuthentication,
    private readonly link: AgentLink,
    private readonly sessions: AgentSessions,
    private readonly versions: AgentVersions,
    private readonly revocations: Revocations,
    private readonly relay: WhereaboutsRelay,
    private readonly pictures: EventPicturesService,
    private readonly bus: LiveBus,
    private readonly feed: ChangeFeed,
    private readonly tokens: AgentTokens,
    private readonly cluster: Cluster,
    private readonly logger: PinoLogger,
  ) {}

  afterInit(namespace: AgentNamespace): void {
    namespace.use(this.authentication.middleware);
    this.link.attach(namespace);
    this.stops.push(
      this.feed.onHead((revision) => this.link.announceHead(revision)),
      this.tokens.onReplaced((doorId) => this.link.disconnect(doorId)),
      this.cluster.onRevival(() => this.note(this.sessions.present(this.link.greeted))),
    );
  }

  async handleConnection(socket: AgentSocket): Promise<void> {
    if (socket.data.doorId === undefined) {
      this.authentication.challenge(socket);
      return;
    }
    try {
      await this.admission.run('known', () => this.claim(socket));
    } catch (err) {
      // Nobody else would take it, and it would end the process: an agent that is not let in comes again.
      this.logger.warn({ err }, 'an agent could not be let in');
      socket.disconnect(true);
    }
  }

  handleDisconnect(socket: AgentSocket): void {
    if (this.link.release(socket)) this.note(this.sessions.left(socket));
  }

  onApplicationShutdown(): void {
    this.stops.forEach((stop) => stop());
  }

  @SubscribeMessage('prove')
  @FromAgent('before-proof')
  async prove(
    @ConnectedSocket() socket: AgentSocket,
    @MessageBody(new AgentMessagePipe(proveSchema)) proof: Prove,
  ): Promise<z.input<typeof proveAnswerSchema>> {
    return this.admission.run('known', async () => {
      const doorId = await this.authentication.prove(socket, proof);
      await this.claim(socket);
      return { ok: true as const, doorId };
    });
  }

  @SubscribeMessage('keys.rotate')
  @FromAgent()
  rotate(
    @ConnectedSocket() socket: AgentSocket,
    @MessageBody(new AgentMessagePipe(keysRotateSchema)) request: KeysRotate,
  ): Promise<z.input<typeof keysRotateAnswerSchema>> {
    return this.sessions.rotate(socket, request);
  }

  @SubscribeMessage('hello')
  @FromAgent('before-hello')
  async hello(
    @ConnectedSocket() socket: AgentSocket,
    @MessageBody() message: unknown,
  ): Promise<z.input<typeof helloAnswerSchema>> {
    return this.admission.run('known', () => this.begin(socket, message));
  }

  @SubscribeMessage('sync.pull')
  @FromAgent()
  pull(
    @ConnectedSocket() socket: AgentSocket,
    @MessageBody(new AgentMessagePipe(syncPullSchema)) request: SyncPull,
  ): Promise<z.input<typeof syncPullAnswerSchema>> {
    return this.sessions.pull(socket, request);
  }

  @SubscribeMessage('sync.digest')
  @FromAgent()
  digest(
    @ConnectedSocket() socket: AgentSocket,
    @MessageBody(new AgentMessagePipe(syncDigestSchema)) digest: SyncDigest,
  ): Promise<z.input<typeof syncDigestAnswerSchema>> {
    return this.sessions.compare(socket, digest);
  }

  @SubscribeMessage('sync.repair')
  @FromAgent()
  repair(
    @ConnectedSocket() socket: AgentSocket,
    @MessageBody(new AgentMessagePipe(syncRepairSchema)) request: SyncRepair,
  ): Promise<z.input<typeof syncRepairAnswerSchema>> {
    return this.sessions.repair(socket, request);
  }

  @SubscribeMessage('whereabouts.pull')
  @FromAgent()
  whereabouts(
    @ConnectedSocket() socket: AgentSocket,
    @MessageBody(new AgentMessagePipe(whereaboutsPullSchema)) request: WhereaboutsPull,
  ): Promise<z.input<typeof whereaboutsPullAnswerSchema>> {
    return this.relay.answer(doorOf(socket), request);
  }

  @SubscribeMessage('people.revoked')
  @FromAgent()
  revoked(
    @ConnectedSocket() socket: AgentSocket,
    @MessageBody(new AgentMessagePipe(peopleRevokedSchema)) { revision }: PeopleRevoked,
  ): void {
    this.revocations.confirm(socket, revision);
  }

  @SubscribeMessage('sync.applied')
  @FromAgent()
  applied(
    @ConnectedSocket() socket: AgentSocket,
    @MessageBody(new AgentMessagePipe(syncAppliedSchema)) applied: SyncApplied,
  ): Promise<void> {
    return this.sessions.applied(socket, applied);
  }

  @SubscribeMessage('events.push')
  @FromAgent()
  push(
    @ConnectedSocket() socket: AgentSocket,
    @MessageBody(new AgentMessagePipe(eventsPushEnvelopeSchema)) batch: EventsPushEnvelope,
  ): Promise<z.input<typeof eventsPushAnswerSchema>> {
    return this.sessions.push(socket, batch);
  }

  @SubscribeMessage('events.checkpoint')
  @FromAgent()
  checkpoint(
    @ConnectedSocket() socket: AgentSocket,
    @MessageBody(new AgentMessagePipe(eventsCheckpointSchema)) checkpoint: EventsCheckpoint,
  ): Promise<z.input<typeof eventsCheckpointAnswerSchema>> {
    return this.sessions.checkpoint(socket, checkpoint);
  }

  @SubscribeMessage('clock.sync')
  @FromAgent()
  clock(
    @ConnectedSocket() socket: AgentSocket,
    @MessageBody(new AgentMessagePipe(clockSyncSchema)) sync: ClockSync,
  ): z.input<typeof clockSyncAnswerSchema> {
    const receivedMs = Date.now();
    this.sessions.clock(socket, sync, receivedMs).catch((err: unknown) => {
      this.logger.warn({ err }, 'a door’s clock was not noted');
    });
    return { ok: true, receivedMs, answeredMs: Date.now() };
  }

  @SubscribeMessage('images.offer')
  @FromAgent()
  async offer(
    @ConnectedSocket() socket: AgentSocket,
    @MessageBody(new AgentMessagePipe(imagesOfferSchema)) offer: ImagesOffer,
  ): Promise<z.input<typeof imagesOfferAnswerSchema>> {
    return { ok: true, images: await this.pictures.offered(doorOf(socket), offer) };
  }

  @SubscribeMessage('images.chunk')
  @FromAgent()
  async chunk(
    @ConnectedSocket() socket: AgentSocket,
    @MessageBody(new AgentMessagePipe(imagesChunkSchema)) chunk: ImagesChunk,
  ): Promise<z.input<typeof imagesChunkAnswerSchema>> {
    return { ok: true, ...(await this.pictures.take(doorOf(socket), chunk)) };
  }

  @SubscribeMessage('door.state')
  @FromAgent()
  state(
    @ConnectedSocket() socket: AgentSocket,
    @MessageBody(new AgentMessagePipe(doorStateSchema)) state: DoorState,
  ): Promise<void> {
    return this.sessions.heard(socket, state);
  }

  @SubscribeMessage('preview.frame')
  @FromAgent()
  frame(
    @ConnectedSocket() socket: AgentSocket,
    @MessageBody(new AgentMessagePipe(previewFrameSchema)) frame: PreviewFrame,
  ): void {
    this.bus.send('frame', { doorId: doorOf(socket), frame });
  }

  private async begin(socket: AgentSocket, message: unknown): Promise<z.input<typeof helloAnswerSchema>> {
    const hello = await this.versions.read(doorOf(socket), message);
    const answer = await this.sessions.begin(socket, hello);
    if (socket.connected) await this.greet(socket);
    // It has left while its coming was being noted.
    else if (!this.link.holds(doorOf(socket))) await this.sessions.left(socket);
    return answer;
  }

  /** What was revoked while it was being let in finds the connection here, or is found here. */
  /** Never rejects: nobody would hear of it, and the process would end. Where it is not known, the connection ends. */
  private async claim(socket: AgentSocket): Promise<void> {
    try {
      await this.link.claim(socket);
      if (await this.authentication.isStillGood(socket)) return;
    } catch (err) {
      this.logger.warn({ err }, 'a connection of an agent could not be looked at again');
    }
    socket.disconnect(true);
  }

  /** From here on it hears of every revocation; of those before, now. */
  private async greet(socket: AgentSocket): Promise<void> {
    await this.link.greet(socket);
    await this.revocations.catchUp(socket);
  }

  private note(noting: Promise<void>): void {
    noting.catch((err: unknown) => this.logger.warn({ err }, 'a door’s coming or going was not noted'));
  }
}
