import { Injectable } from '@nestjs/common';
import { DataSource, In, type EntityManager } from 'typeorm';
import { Administrator } from '../../platform/auth/administrator.entity';
import { ApiToken } from '../../platform/auth/api-token.entity';
import { AppError } from '../../platform/errors/app-error';

/** A token and who made it. */
export interface ApiTokenRecord {
  readonly apiToken: ApiToken;
  readonly email: string;
}

/** What is kept of a new token. */
type NewApiToken = Omit<ApiToken, 'lastUsedAt' | 'lastUsedFrom'>;

/** The only place that reads and writes API tokens, but for looking up whose one is. */
@Injectable()
export class ApiTokensRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** The newest first. @param administratorId only those that they made */
  async list(administratorId?: string): Promise<ApiTokenRecord[]> {
    const apiTokens = await this.dataSource.getRepository(ApiToken).find({
      where: administratorId === undefined ? {} : { administratorId },
      order: { createdAt: 'DESC', id: 'DESC' },
    });
    return this.withMakers(this.dataSource.manager, apiTokens);
  }

  /** @throws {AppError} `tokens/not-found` */
  async get(id: string, manager: EntityManager): Promise<ApiTokenRecord> {
    const [record] = await this.withMakers(manager, await manager.findBy(ApiToken, { id }));
    if (!record) throw new AppError('not-found', 'tokens/not-found', 'There is no such token.');
    return record;
  }

  async insert(manager: EntityManager, apiToken: NewApiToken): Promise<void> {
    await manager.insert(ApiToken, apiToken);
  }

  async remove(manager: EntityManager, id: string): Promise<void> {
    await manager.delete(ApiToken, { id });
  }

  private async withMakers(
    manager: EntityManager,
    apiTokens: readonly ApiToken[],
  ): Promise<ApiTokenRecord[]> {
    const makers = await manager.findBy(Administrator, {
      id: In(apiTokens.map(({ administratorId }) => administratorId)),
    });
    const emails = new Map(makers.map(({ id, email }) => [id, email]));
    return apiTokens.map((apiToken) => ({ apiToken, email: emails.get(apiToken.administratorId) ?? '' }));
  }
}
