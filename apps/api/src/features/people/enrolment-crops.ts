import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { newId } from '../../platform/database/uuid';
import { EnrolmentCrop } from './enrolment-crop.entity';
import { TemplateVault } from './template-vault';

/** A crop, opened. */
export interface OpenCrop {
  readonly id: string;
  readonly createdAt: Date;
  readonly jpeg: Uint8Array;
}

/** The pictures that templates were made of, sealed with the keys of their people. */
@Injectable()
export class EnrolmentCrops {
  constructor(private readonly vault: TemplateVault) {}

  /** Keeps one in the caller's transaction. @returns its id */
  async add(manager: EntityManager, personId: string, jpeg: Uint8Array): Promise<string> {
    const id = newId();
    const sealedJpeg = await this.vault.sealFor(manager, personId, {
      bytes: jpeg,
      context: contextOf(id, personId),
    });
    await manager.insert(EnrolmentCrop, { id, personId, sealedJpeg, createdAt: new Date() });
    return id;
  }

  /** A person's crops, oldest first. */
  async ofPerson(manager: EntityManager, personId: string): Promise<OpenCrop[]> {
    const rows = await manager.find(EnrolmentCrop, {
      where: { personId },
      order: { id: 'ASC' },
      select: { id: true, sealedJpeg: true, createdAt: true },
    });
    const opened: OpenCrop[] = [];
    for (const { id, sealedJpeg, createdAt } of rows) {
      const context = contextOf(id, personId);
      const jpeg = await this.vault.openFor(manager, personId, { sealed: sealedJpeg, context });
      opened.push({ id, createdAt, jpeg });
    }
    return opened;
  }
}

function contextOf(id: string, personId: string): string {
  return `crop/${id}/${personId}`;
}
