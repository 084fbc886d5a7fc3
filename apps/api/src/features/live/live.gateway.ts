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
  LIVE_NAMESPACE,
  LIVE_PROTOCOL_VERSION,
  liveAlarmSchema,
  liveDoorEventSchema,
  liveDoorSchema,
  liveEventSchema,
  liveWatchSchema,
  type LiveWatch,
  type LiveWatchAnswer,
} from '@munjigi/contracts';
import { PinoLogger } from 'nestjs-pino';
import type { Reach } from '../../platform/auth/access';
import { Requires } from '../../platform/auth/requires.decorator';
import { SessionEnds, type SessionEnd } from '../../platform/auth/session-ends';
import { SessionStore, type SignedIn } from '../../platform/auth/session-store';
import { Cluster } from '../../platform/cluster/cluster';
import { LiveBus, type LiveSignals } from '../../platform/realtime/live-bus';
import { MessagePipe } from '../../platform/realtime/message.pipe';
import { SocketErrorFilter } from '../../platform/realtime/socket-error.filter';
import { AlarmsService } from '../alarms/alarms.service';
import { DoorsService } from '../doors/doors.service';
import { DoorEventsRepository } from '../events/door-events.repository';
import { EventsRepository } from '../events/events.repository';
import { LiveAuthentication } from './live-authentication';
import { LiveSessionGuard } from './live-session.guard';
import type { LiveNamespace, LiveSocket, SharedSignal } from './live-socket';
import { PreviewLeases } from './preview-leases';

const v = LIVE_PROTOCOL_VERSION;
/** How often connections are asked whether their session has been idle for too long. */
const IDLE_CHECK_MS = 30_000;
/** Node's timers end at once when they are told to wait for longer. */
const TIMER_MAX_MS = 2 ** 31 - 1;

/** What the console's live page sees: events and doors as they change, and pictures of the doors it watches. */
@WebSocketGateway({ namespace: LIVE_NAMESPACE })
@UseGuards(LiveSessionGuard)
@UseFilters(SocketErrorFilter)
export class LiveGateway
  implements OnGatewayInit, OnGatewayConnection, OnGatewayDisconnect, OnApplicationShutdown
{
  private namespace?: LiveNamespace;
  private idleTimer?: NodeJS.Timeout;
  private readonly stops: (() => void)[] = [];

  constructor(
    private readonly authentication: LiveAuthentication,
    private readonly leases: PreviewLeases,
    private readonly sessions: SessionStore,
    private readonly ends: SessionEnds,
    private readonly doors: DoorsService,
    private readonly events: EventsRepository,
    private readonly doorEvents: DoorEventsRepository,
    private readonly alarms: AlarmsService,
    private readonly bus: LiveBus,
    private readonly cluster: Cluster,
    private readonly logger: PinoLogger,
  ) {}

  afterInit(namespace: LiveNamespace): void {
    this.namespace = namespace;
    namespace.use(this.authentication.middleware);
    namespace.on('signal', (kind, signal) => this.tellOwn(kind, signal));
    this.stops.push(
      this.bus.on('frame', (signal) => this.sendFrame(signal)),
      this.bus.on('events', (signal) => this.tellAll('events', signal)),
      this.bus.on('doorEvents', (signal) => this.tellAll('doorEvents', signal)),
      this.bus.on('alarm', (signal) => this.tellAll('alarm', signal)),
      this.bus.on('door', (signal) => this.tellAll('door', signal)),
      // Every process hears of it, and hangs up its own.
      this.ends.on((end) => this.hangUp(end)),
      // What somebody may do may have changed unheard: all come back, and are looked at again.
      this.ends.onGap(() => namespace.local.disconnectSockets(true)),
    );
    this.idleTimer = setInterval(() => void this.hangUpIdle(), IDLE_CHECK_MS);
  }

  async handleConnection(socket: LiveSocket): Promise<void> {
    const { administratorId, expiresAt, access } = socket.data.signedIn;
    socket.data.expiry = setTimeout(
      () => socket.disconnect(true),
      Math.min(expiresAt.getTime() - Date.now(), TIMER_MAX_MS),
    );
    await socket.join([
      credentialRoom(credentialId(socket.data.signedIn)),
      administratorRoom(administratorId),
      ...reachRooms('events', access.reach('events:read')),
      ...reachRooms('alarms', access.reach('alarms:read')),
      ...reachRooms('doors', access.reach('doors:read')),
    ]);
  }

  handleDisconnect(socket: LiveSocket): void {
    clearTimeout(socket.data.expiry);
    this.leases.watch(socket.id, []);
  }

  /** Every process tells the consoles that are connected to it; only those that have some read what happened. */
  private tellAll<K extends SharedSignal>(kind: K, signal: LiveSignals[K]): void {
    this.tellOwn(kind, signal);
    if (this.cluster.clustered) this.namespace?.serverSideEmit('signal', kind, signal);
  }

  private tellOwn(kind: SharedSignal, signal: LiveSignals[SharedSignal]): void {
    if ((this.namespace?.sockets.size ?? 0) === 0) return;
    this.send(kind, signal).catch((err: unknown) =>
      this.logger.warn({ err, kind }, 'live update was not sent'),
    );
  }

  private send(kind: SharedSignal, signal: LiveSignals[SharedSignal]): Promise<void> {
    if ('alarmId' in signal) return this.sendAlarm(signal);
    if ('doorId' in signal) return this.sendDoor(signal);
    return kind === 'events' ? this.sendEvents(signal) : this.sendDoorEvents(signal);
  }

  onApplicationShutdown(): void {
    this.stops.forEach((stop) => stop());
    clearInterval(this.idleTimer);
  }

  @SubscribeMessage('watch')
  @Requires('live:watch')
  async watch(
    @ConnectedSocket() socket: LiveSocket,
    @MessageBody(new MessagePipe(liveWatchSchema)) { doorIds }: LiveWatch,
  ): Promise<LiveWatchAnswer> {
    const { access } = socket.data.signedIn;
    const turn = (socket.data.watchTurn ?? 0) + 1;
    socket.data.watchTurn = turn;
    for (const siteId of await this.doors.sitesOf(doorIds)) access.require('live:watch', siteId);
    // A console says what it watches as its page changes: the later message holds, whichever is looked up first.
    if (turn !== socket.data.watchTurn) return { ok: true };
    const wanted = new Set(doorIds.map(doorRoom));
    for (const room of socket.rooms) if (isDoorRoom(room) && !wanted.has(room)) await socket.leave(room);
    await socket.join([...wanted]);
    if (socket.connected) this.leases.watch(socket.id, doorIds);
    return { ok: true };
  }

  private sendFrame({ doorId, frame }: LiveSignals['frame']): void {
    this.namespace?.to(doorRoom(doorId)).volatile.emit('frame', { ...frame, v, doorId });
  }

  private async sendEvents({ eventIds }: LiveSignals['events']): Promise<void> {
    for (const { event, siteId } of await this.events.byIds(eventIds)) {
      this.namespace?.local
        .to(siteRooms('events', siteId))
        .emit('event', liveEventSchema.parse({ v, event }));
    }
  }

  private async sendDoorEvents({ eventIds }: LiveSignals['doorEvents']): Promise<void> {
    for (const event of await this.doorEvents.byIds(eventIds)) {
      this.namespace?.local
        .to(siteRooms('events', event.siteId))
        .emit('door-event', liveDoorEventSchema.parse({ v, event }));
    }
  }

  private async sendAlarm({ alarmId }: LiveSignals['alarm']): Promise<void> {
    const { alarm, siteId } = await this.alarms.describe(alarmId);
    this.namespace?.local.to(siteRooms('alarms', siteId)).emit('alarm', liveAlarmSchema.parse({ v, alarm }));
  }

  private async sendDoor({ doorId }: LiveSignals['door']): Promise<void> {
    const door = await this.doors.describe(doorId);
    this.namespace?.local
      .to(siteRooms('doors', door.site.id))
      .emit('door', liveDoorSchema.parse({ v, door }));
  }

  private hangUp(end: SessionEnd): void {
    if ('credentialId' in end) {
      this.namespace?.local.in(credentialRoom(end.credentialId)).disconnectSockets(true);
      return;
    }
    const theirs = this.namespace?.local.in(administratorRoom(end.administratorId));
    const { exceptSessionId } = end;
    (exceptSessionId === undefined
      ? theirs
      : theirs?.except(credentialRoom(exceptSessionId))
    )?.disconnectSockets(true);
  }

  /** An open page does not keep a session alive: only what is done in it does. */
  private async hangUpIdle(): Promise<void> {
    const sockets = [...(this.namespace?.sockets.values() ?? [])];
    const sessionIds = sockets.flatMap((socket) => socket.data.signedIn.sessionId ?? []);
    if (sessionIds.length === 0) return;
    try {
      const holding = await this.sessions.holding(sessionIds);
      for (const socket of sockets) {
        const { sessionId } = socket.data.signedIn;
        if (sessionId !== null && !holding.has(sessionId)) socket.disconnect(true);
      }
    } catch (err) {
      this.logger.warn({ err }, 'idle sessions were not looked for');
    }
  }
}

/** The rooms of somebody who may see a kind of news within a reach. */
function reachRooms(kind: string, reach: Reach): string[] {
  return reach === 'everywhere' ? [`${kind}:everywhere`] : reach.map((siteId) => `${kind}:${siteId}`);
}

/** The rooms that news of a site go to, or of the whole organisation. */
function siteRooms(kind: string, siteId: string | null): string[] {
  return siteId === null ? [`${kind}:everywhere`] : [`${kind}:everywhere`, `${kind}:${siteId}`];
}

function credentialId({ sessionId, actorId }: SignedIn): string {
  return sessionId ?? actorId ?? '';
}

function credentialRoom(id: string): string {
  return `credential:${id}`;
}

function administratorRoom(id: string): string {
  return `administrator:${id}`;
}

function doorRoom(doorId: string): string {
  return `door:${doorId}`;
}

function isDoorRoom(room: string): boolean {
  return room.startsWith('door:');
}
