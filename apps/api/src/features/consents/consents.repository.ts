import { Injectable } from '@nestjs/common';
import { DataSource, IsNull, type EntityManager } from 'typeorm';
import { ConsentRow } from './consent.entity';
import { ConsentText } from './consent-text.entity';

/** Reads and writes consents and their texts. */
@Injectable()
export class ConsentsRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** Newest first. */
  texts(): Promise<ConsentText[]> {
    return this.dataSource.getRepository(ConsentText).find({ order: { version: 'DESC' } });
  }

  /** Begins a new version, one after the other. */
  async addText(manager: EntityManager, texts: Record<string, string>): Promise<ConsentText> {
    await manager.query('LOCK TABLE consent_text IN SHARE ROW EXCLUSIVE MODE');
    const [{ next }] = await manager.query<[{ next: number }]>(
      'SELECT coalesce(max(version), 0) + 1 AS next FROM consent_text',
    );
    const text = manager.create(ConsentText, { version: next, texts, createdAt: new Date() });
    await manager.insert(ConsentText, text);
    return text;
  }

  hasText(manager: EntityManager, version: number): Promise<boolean> {
    return manager.existsBy(ConsentText, { version });
  }

  /** Newest first. */
  ofPerson(personId: string, manager: EntityManager = this.dataSource.manager): Promise<ConsentRow[]> {
    return manager.find(ConsentRow, { where: { personId }, order: { recordedAt: 'DESC', id: 'DESC' } });
  }

  async add(manager: EntityManager, consent: ConsentRow): Promise<void> {
    await manager.insert(ConsentRow, consent);
  }

  /** Whether one holds that was not withdrawn. */
  holds(manager: EntityManager, personId: string): Promise<boolean> {
    return manager.existsBy(ConsentRow, { personId, withdrawnAt: IsNull() });
  }

  /** @returns how many were withdrawn */
  async withdraw(manager: EntityManager, personId: string): Promise<number> {
    const { affected } = await manager.update(
      ConsentRow,
      { personId, withdrawnAt: IsNull() },
      { withdrawnAt: new Date() },
    );
    return affected ?? 0;
  }
}
