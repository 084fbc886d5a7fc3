import { Injectable } from '@nestjs/common';
import type { ForgiveRequest, musterSchema } from '@munjigi/contracts';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import { Audit } from '../../platform/audit/audit';
import type { Reach } from '../../platform/auth/access';
import type { SignedIn } from '../../platform/auth/session-store';
import { afterCommit } from '../../platform/database/after-commit';
import { notFound } from './access-errors';
import { AccessRepository } from './access.repository';
import { Passages, type LastPassage } from './passages';

/** Whom a pardon is for. */
export interface Pardon {
  readonly siteId: string;
  readonly personIds: readonly string[];
  readonly at: Date;
}

/** Who is inside, and how that is forgotten where it is wrong. */
@Injectable()
export class MusterService {
  private readonly pardonListeners = new Set<(pardon: Pardon) => void>();

  constructor(
    private readonly dataSource: DataSource,
    private readonly access: AccessRepository,
    private readonly passages: Passages,
    private readonly audit: Audit,
  ) {}

  /** Who is in which area of a site, by each person's last passage. @throws {AppError} `auth/forbidden` */
  async list(siteId: string, by: SignedIn): Promise<z.input<typeof musterSchema>> {
    by.access.require('access:read', siteId);
    const at = new Date();
    const documents = await this.access.documents();
    const inside = await this.inside(siteId, at);
    const names = await this.access.peopleNames([...inside.values()].flat().map(({ personId }) => personId));
    const areas = documents.all('area').filter((area) => area.siteId === siteId);
    return {
      at: at.toISOString(),
      areas: areas.map((area) => ({
        area: { id: area.id, name: area.name, occupancyMax: area.definition.occupancyMax },
        people: (inside.get(area.id) ?? []).map((passage) => ({
          id: passage.personId,
          name: names.get(passage.personId) ?? null,
          since: passage.at.toISOString(),
          doorId: passage.doorId,
        })),
      })),
    };
  }

  /** How many are inside of how many areas, at the sites within reach; null where there are no areas. */
  async count(reach: Reach): Promise<{ people: number; areas: number } | null> {
    const areas = (await this.access.documents())
      .all('area')
      .filter(({ siteId }) => siteId !== null && (reach === 'everywhere' || reach.includes(siteId)));
    if (areas.length === 0) return null;
    let people = 0;
    for (const siteId of new Set(areas.flatMap((area) => area.siteId ?? []))) {
      const inside = await this.inside(siteId, new Date());
      for (const { id } of areas) people += inside.get(id)?.length ?? 0;
    }
    return { people, areas: areas.length };
  }

  /**
   * Makes it unknown where these people are, or all who are in the area: their next passage breaks no rule.
   *
   * @throws {AppError} `access/not-found`, `auth/forbidden`
   */
  async forgive(areaId: string, { personIds, reason }: ForgiveRequest, by: SignedIn): Promise<void> {
    const area = (await this.access.documents()).get('area', areaId);
    if (!area?.siteId) throw notFound('area');
    const { siteId } = area;
    by.access.require('doors:operate', siteId);
    const inArea = (await this.inside(siteId, new Date())).get(areaId) ?? [];
    const forgiven = inArea
      .map(({ personId }) => personId)
      .filter((personId) => personIds === null || personIds.includes(personId));
    await this.dataSource.transaction(async (manager) => {
      const pardonedAt = new Date();
      await manager.query(
        `INSERT INTO passback_pardon (person_id, pardoned_at)
         SELECT id, $2 FROM person WHERE id = ANY($1)
         ON CONFLICT (person_id) DO UPDATE SET pardoned_at = excluded.pardoned_at`,
        [forgiven, pardonedAt],
      );
      const pardon = { siteId, personIds: forgiven, at: pardonedAt };
      afterCommit(manager, () => this.pardonListeners.forEach((listener) => listener(pardon)));
      await this.audit.record(manager, {
        by,
        action: 'area/forgiven',
        subjectId: areaId,
        siteId,
        reason,
        details: { people: forgiven.length, personIds: personIds === null ? 'all' : forgiven },
      });
    });
  }

  /** Calls `listener` after each commit that pardoned people. @returns how to stop it */
  onPardoned(listener: (pardon: Pardon) => void): () => void {
    this.pardonListeners.add(listener);
    return () => this.pardonListeners.delete(listener);
  }

  private async inside(siteId: string, at: Date): Promise<Map<string, LastPassage[]>> {
    const documents = await this.access.documents();
    const areas = new Map<string, LastPassage[]>();
    // Nobody can be inside of nothing: a site without areas costs no look at its events.
    if (!documents.all('area').some((area) => area.siteId === siteId)) return areas;
    for (const passage of await this.passages.lastOfSite(siteId, at)) {
      const areaId = documents.get('door', passage.doorId)?.definition.toAreaId;
      if (areaId === undefined || areaId === null) continue;
      areas.set(areaId, [...(areas.get(areaId) ?? []), passage]);
    }
    return areas;
  }
}
