import { Injectable } from '@nestjs/common';
import type { doorSchema } from '@munjigi/contracts';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import { Audit } from '../../platform/audit/audit';
import type { SignedIn } from '../../platform/auth/session-store';
import { AppError } from '../../platform/errors/app-error';
import { notPaired } from '../devices/devices.errors';
import { presentDoor } from '../doors/door.presenter';
import { DoorsRepository } from '../doors/doors.repository';
import { AgentLink } from './agent-link';

/** What is asked of devices that are connected: new keys, and a comparison of their state. */
@Injectable()
export class AgentKeysService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly doors: DoorsRepository,
    private readonly link: AgentLink,
    private readonly audit: Audit,
  ) {}

  /**
   * Asks a door's device for a new key, and returns without waiting for it.
   *
   * @throws {AppError} `doors/not-found`, `auth/forbidden`, `doors/not-paired`, `doors/offline`
   */
  async renew(doorId: string, by: SignedIn): Promise<z.input<typeof doorSchema>> {
    const record = await this.doors.get(doorId);
    const { siteId } = record.door;
    by.access.require('doors:write', siteId);
    if (record.device.fingerprint === null) throw notPaired();
    if (!record.online) {
      throw offline(
        'Try again when the door is online. If the key may be known to others, revoke the device now.',
      );
    }
    const { fingerprint } = record.device;
    await this.dataSource.transaction((manager) =>
      this.audit.record(manager, {
        ...{ by, siteId, subjectId: doorId, details: { fingerprint } },
        action: 'door/key-renewal-asked',
      }),
    );
    this.link.renewKey(doorId);
    return presentDoor(record);
  }

  /**
   * Asks a door to compare its state now, and returns without waiting for it.
   *
   * @throws {AppError} `doors/not-found`, `auth/forbidden`, `doors/offline`
   */
  async compareState(doorId: string, by: SignedIn): Promise<z.input<typeof doorSchema>> {
    const record = await this.doors.get(doorId);
    by.access.require('doors:write', record.door.siteId);
    if (!record.online) throw offline('It compares by itself when it is back.');
    this.link.compareState(doorId);
    return presentDoor(record);
  }
}

function offline(detail: string): AppError {
  return new AppError('conflict', 'doors/offline', 'The door’s device is not connected.', { detail });
}
