import { Injectable } from '@nestjs/common';
import type { CameraRequest, CameraView, doorCameraSchema, SetDoorCameraRequest } from '@munjigi/contracts';
import { DataSource, type EntityManager } from 'typeorm';
import type { z } from 'zod';
import { Audit } from '../../platform/audit/audit';
import type { SignedIn } from '../../platform/auth/session-store';
import { ChangeFeed } from '../../platform/change-feed/change-feed';
import { afterCommit } from '../../platform/database/after-commit';
import { LiveBus } from '../../platform/realtime/live-bus';
import { DoorsRepository } from '../doors/doors.repository';
import { CameraVault, NO_PASSWORD, type KeptPassword } from './camera-vault';
import { passwordNotKept, passwordWithoutUser } from './cameras.errors';
import type { DoorCamera } from './door-camera.entity';

type DoorCameraView = z.input<typeof doorCameraSchema>;
type RtspRequest = Extract<CameraRequest['source'], { kind: 'rtsp' }>;

/** Which cameras doors are to use. */
@Injectable()
export class CamerasService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly doors: DoorsRepository,
    private readonly vault: CameraVault,
    private readonly changes: ChangeFeed,
    private readonly audit: Audit,
    private readonly bus: LiveBus,
  ) {}

  /** @throws {AppError} `doors/not-found`, `auth/forbidden` */
  async get(doorId: string, by: SignedIn): Promise<DoorCameraView> {
    const { door } = await this.doors.get(doorId);
    by.access.require('doors:read', door.siteId);
    return { camera: (await this.vault.find(this.dataSource.manager, doorId))?.camera ?? null };
  }

  /**
   * Sets the camera of a door, which is told at once; null leaves it to the door's own configuration.
   *
   * @throws {AppError} `doors/not-found`, `auth/forbidden`, `cameras/password-not-kept`, `cameras/password-without-user`
   */
  async set(doorId: string, { camera }: SetDoorCameraRequest, by: SignedIn): Promise<DoorCameraView> {
    return this.dataSource.transaction(async (manager) => {
      const door = await this.doors.lock(manager, doorId);
      by.access.require('doors:write', door.siteId);
      const before = await this.vault.find(manager, doorId);
      const view = camera && (await this.keep(manager, doorId, { camera, before }));
      if (!view) await this.vault.forget(manager, doorId);
      await this.audit.record(manager, {
        ...{ by, action: 'door/camera-changed', subjectId: doorId, siteId: door.siteId },
        before: { camera: before?.camera ?? null },
        after: { camera: view },
      });
      afterCommit(manager, () => this.bus.send('door', { doorId }));
      await this.changes.record(manager, [{ family: 'door', entityId: doorId, deleted: false }]);
      return { camera: view };
    });
  }

  private async keep(
    manager: EntityManager,
    doorId: string,
    { camera, before }: { camera: CameraRequest; before: DoorCamera | null },
  ): Promise<CameraView> {
    const { source, ...stream } = camera;
    if (source.kind !== 'rtsp') {
      const view = { source, ...stream };
      await this.vault.keep(manager, doorId, { camera: view, password: NO_PASSWORD });
      return view;
    }
    const password = await this.passwordFor(manager, doorId, { source, before });
    const { password: _secret, ...shown } = source;
    const view = { source: { ...shown, hasPassword: password.sealedPassword !== null }, ...stream };
    await this.vault.keep(manager, doorId, { camera: view, password });
    return view;
  }

  private async passwordFor(
    manager: EntityManager,
    doorId: string,
    { source, before }: { source: RtspRequest; before: DoorCamera | null },
  ): Promise<KeptPassword> {
    const { password } = source;
    if (typeof password === 'string') {
      if (source.user === null) throw passwordWithoutUser();
      return this.vault.seal(manager, doorId, password);
    }
    if (password === null || !before?.sealedPassword) return NO_PASSWORD;
    // It was given for one place and one user: sent elsewhere, it would be given away.
    const was = before.camera.source;
    const isSame =
      was.kind === 'rtsp' &&
      was.address === source.address &&
      was.port === source.port &&
      was.user === source.user;
    if (!isSame) throw passwordNotKept();
    const { masterKeyId, wrappedKey, sealedPassword } = before;
    return { masterKeyId, wrappedKey, sealedPassword };
  }
}
