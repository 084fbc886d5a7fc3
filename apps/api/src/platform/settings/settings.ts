import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { z } from 'zod';
import type { Actor } from '../audit/actor';
import { Audit } from '../audit/audit';
import { Setting } from './setting.entity';

/** One area's settings: their shape, and what they are until somebody sets them. */
export interface SettingsKind<S extends z.ZodObject> {
  readonly key: string;
  readonly schema: S;
  readonly initial: z.output<S>;
}

/** What this deployment has set, area by area; one value for all processes. */
@Injectable()
export class Settings {
  constructor(
    private readonly dataSource: DataSource,
    private readonly audit: Audit,
  ) {}

  /** An area's settings as they are now. What an older release did not know of has the release's own value. */
  async get<S extends z.ZodObject>(
    kind: SettingsKind<S>,
    manager: EntityManager = this.dataSource.manager,
  ): Promise<z.output<S>> {
    const row = await manager.findOneBy(Setting, { key: kind.key });
    return kind.schema.parse({ ...kind.initial, ...row?.value });
  }

  /** Sets an area's settings, with an entry in the account of what changed. */
  async set<S extends z.ZodObject>(
    kind: SettingsKind<S>,
    value: z.output<S>,
    by: Actor,
  ): Promise<z.output<S>> {
    await this.dataSource.transaction(async (manager) => {
      const before = await this.get(kind, manager);
      await manager.upsert(
        Setting,
        { key: kind.key, value: value as Record<string, never>, updatedAt: new Date() },
        ['key'],
      );
      const names = Object.keys(value).filter((name) => !isSame(before[name], value[name]));
      await this.audit.record(manager, {
        by,
        action: 'settings/changed',
        before: pick(before, names),
        after: pick(value, names),
        details: { area: kind.key },
      });
    });
    return this.get(kind);
  }
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function pick(value: Record<string, unknown>, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(names.map((name) => [name, value[name]]));
}
