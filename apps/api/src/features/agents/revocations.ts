import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { AGENT_PROTOCOL_VERSION, PEOPLE_PER_REVOKE_MAX, type PersonId } from '@munjigi/contracts';
import { PinoLogger } from 'nestjs-pino';
import { ChangeFeed, type Revocation } from '../../platform/change-feed/change-feed';
import { DoorProgress } from '../doors/door-progress';
import { AgentLink } from './agent-link';
import { doorOf, type AgentSocket } from './agent-socket';

/** A thousand doors confirm within moments: what comes within so long is noted at once. */
const NOTE_EVERY_MS = 50;

/** Tells doors of people who must not pass any longer, ahead of all else, and notes which doors have confirmed. */
@Injectable()
export class Revocations implements OnApplicationShutdown {
  private readonly confirmed = new Map<string, number>();
  private timer?: NodeJS.Timeout;
  private readonly stop: () => void;

  constructor(
    private readonly feed: ChangeFeed,
    private readonly link: AgentLink,
    private readonly progress: DoorProgress,
    private readonly logger: PinoLogger,
  ) {
    this.stop = feed.onRevoked((revocation) => {
      for (const message of messagesOf([revocation])) link.revoke(message, revocation.doorId);
    });
  }

  async onApplicationShutdown(): Promise<void> {
    this.stop();
    clearTimeout(this.timer);
    await this.note();
  }

  /** Tells a door that has just said hello whom it has missed. */
  async catchUp(socket: AgentSocket): Promise<void> {
    const missed = await this.feed.revokedAfter(socket.data.appliedRevision ?? 0);
    for (const message of messagesOf(missed)) this.link.revokeAt(socket, message);
  }

  /** A door has forgotten everybody who was revoked up to a revision; noted soon. */
  confirm(socket: AgentSocket, revision: number): void {
    const doorId = doorOf(socket);
    this.confirmed.set(doorId, Math.max(revision, this.confirmed.get(doorId) ?? 0));
    this.timer ??= setTimeout(() => void this.note(), NOTE_EVERY_MS);
  }

  private async note(): Promise<void> {
    this.timer = undefined;
    const noted = [...this.confirmed];
    this.confirmed.clear();
    // What is not noted now is confirmed by the door's progress.
    await this.progress
      .revoked(noted)
      .catch((err: unknown) => this.logger.warn({ err }, 'confirmations of revocations were not noted'));
  }
}

/** Messages of bounded size, in the order of their revisions. */
function messagesOf(revocations: readonly Revocation[]) {
  const messages: { v: typeof AGENT_PROTOCOL_VERSION; revision: number; personIds: PersonId[] }[] = [];
  for (const { revision, personIds } of revocations) {
    for (const personId of personIds as readonly PersonId[]) {
      const last = messages.at(-1);
      if (last && last.personIds.length < PEOPLE_PER_REVOKE_MAX) {
        last.personIds.push(personId);
        last.revision = Math.max(last.revision, revision);
      } else messages.push({ v: AGENT_PROTOCOL_VERSION, revision, personIds: [personId] });
    }
  }
  return messages;
}
