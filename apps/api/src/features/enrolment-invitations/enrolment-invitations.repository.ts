import { Injectable } from '@nestjs/common';
import { DataSource, MoreThan, type EntityManager } from 'typeorm';
import { Deployment } from '../../platform/crypto/deployment.entity';
import { EnrolmentInvitationRow } from './enrolment-invitation.entity';

/** Reads and writes invitations. */
@Injectable()
export class EnrolmentInvitationsRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** Puts it in the place of the one that the person had. */
  async put(
    manager: EntityManager,
    invitation: Pick<EnrolmentInvitationRow, 'personId' | 'tokenHash' | 'invitedBy' | 'expiresAt'>,
  ): Promise<void> {
    const row = { ...invitation, createdAt: new Date(), looks: 0 };
    await manager.upsert(EnrolmentInvitationRow, row, ['personId']);
  }

  /** The one that can be used now. */
  find(tokenHash: Buffer, manager: EntityManager = this.dataSource.manager) {
    return manager.findOneBy(EnrolmentInvitationRow, { tokenHash, expiresAt: MoreThan(new Date()) });
  }

  /** @returns whether there was one */
  async remove(manager: EntityManager, personId: string, tokenHash?: Buffer): Promise<boolean> {
    const { affected } = await manager.delete(EnrolmentInvitationRow, {
      personId,
      ...(tokenHash && { tokenHash, expiresAt: MoreThan(new Date()) }),
    });
    return affected === 1;
  }

  /** Counts a look. @returns false, uncounted, when there were so many already */
  async countLook(tokenHash: Buffer, looksMax: number): Promise<boolean> {
    const { affected } = await this.dataSource
      .createQueryBuilder()
      .update(EnrolmentInvitationRow)
      .set({ looks: () => 'looks + 1' })
      .where('token_hash = :tokenHash AND looks < :looksMax', { tokenHash, looksMax })
      .execute();
    return affected === 1;
  }

  async organisation(): Promise<string> {
    const deployment = await this.dataSource.getRepository(Deployment).findOneByOrFail({ id: 1 });
    return deployment.organisationName ?? '';
  }
}
