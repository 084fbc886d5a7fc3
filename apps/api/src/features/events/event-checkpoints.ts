import { Injectable } from '@nestjs/common';
import { checkpointText, type EventsCheckpoint } from '@munjigi/contracts';
import { DataSource, type EntityManager } from 'typeorm';
import { AppError } from '../../platform/errors/app-error';
import { DeviceKeys } from '../devices/device-keys';
import { notPaired, wrongSignature } from '../devices/devices.errors';
import { isSignedBy } from '../devices/signatures';
import type { Cursor } from './event-cursors';
import { EventCursors } from './event-cursors';

/** Takes the devices' signatures of their events. */
@Injectable()
export class EventCheckpoints {
  constructor(
    private readonly dataSource: DataSource,
    private readonly cursors: EventCursors,
    private readonly keys: DeviceKeys,
  ) {}

  /**
   * Keeps a signature by a key of the door, and returns after the commit.
   *
   * @param fingerprint of the key that the connection has proved; undefined: none
   * @returns whether it is of the same events that are stored; when not, the chain is broken from here on
   * @throws {AppError} `doors/not-paired`, `pairing/wrong-signature`, `events/checkpoint-place`
   */
  async take(
    doorId: string,
    fingerprint: string | undefined,
    checkpoint: Omit<EventsCheckpoint, 'v'>,
  ): Promise<boolean> {
    if (fingerprint === undefined) throw notPaired();
    const { epoch, signature } = checkpoint;
    const publicKey = (await this.keys.publicKeysOf(doorId)).get(fingerprint);
    const text = checkpointText({ ...checkpoint, serverId: await this.keys.serverId(), doorId });
    if (!publicKey || !isSignedBy(publicKey, text, signature)) throw wrongSignature();
    return this.dataSource.transaction(async (manager) => {
      const [cursor] = (await this.cursors.lock(manager, [{ doorId, epoch }])).values();
      if (cursor?.acknowledged !== checkpoint.sequence) throw notThere(cursor);
      await manager.query(KEEP, [doorId, fingerprint, new Date(), JSON.stringify(checkpoint)]);
      const fits = cursor.chain.hash === checkpoint.hash;
      if (!fits) await this.markBroken(manager, cursor);
      return fits;
    });
  }

  private async markBroken(manager: EntityManager, { doorId, epoch, acknowledged }: Cursor): Promise<void> {
    await manager.query(
      `UPDATE event_cursor SET chain_broken_sequence = coalesce(chain_broken_sequence, $3)
       WHERE door_id = $1 AND epoch = $2`,
      [doorId, epoch, acknowledged],
    );
  }
}

function notThere(cursor: Cursor | undefined): AppError {
  return new AppError('conflict', 'events/checkpoint-place', 'Sign the last event that is acknowledged.', {
    detail: `That is ${cursor?.acknowledged ?? 0}.`,
  });
}

const KEEP = `
  INSERT INTO event_checkpoint (door_id, epoch, sequence, hash, signed_at, received_at, fingerprint, signature)
  SELECT $1, epoch, sequence, decode(translate(hash, '-_', '+/') || '=', 'base64'), at, $3, $2, signature
  FROM jsonb_to_record($4::jsonb) AS checkpoint (epoch uuid, sequence bigint, hash text, at text, signature text)
  ON CONFLICT DO NOTHING`;
