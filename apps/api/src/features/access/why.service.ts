import { Injectable } from '@nestjs/common';
import {
  AccessRules,
  decideAccess,
  EMPTY_MEMORY,
  HEALTHY,
  rememberAll,
  whenMayPass,
  type AccessMemory,
  type MemoryEvent,
} from '@munjigi/access-rules';
import {
  doorPersonSchema,
  type DoorId,
  type DoorPerson,
  type PassTimesQuery,
  type PersonId,
  type WhyQuery,
  type passTimesSchema,
  type whySchema,
} from '@munjigi/contracts';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import type { SignedIn } from '../../platform/auth/session-store';
import { AppError } from '../../platform/errors/app-error';
import { DoorsRepository, type DoorRecord } from '../doors/doors.repository';
import { GroupsRepository } from '../groups/groups.repository';
import { mayRead } from '../people/person-access';
import { PeopleRepository } from '../people/people.repository';
import type { Person } from '../people/person.entity';
import { doorPersonView } from './door-person';
import { Passages } from './passages';
import { RuleSets, type Rules } from './rule-sets.service';

const DAY_MS = 86_400_000;
const PERIOD_DAYS_MAX = 31;

/** Explains who may pass where and when, with the same code that a door decides with. */
@Injectable()
export class WhyService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly people: PeopleRepository,
    private readonly groups: GroupsRepository,
    private readonly doors: DoorsRepository,
    private readonly sets: RuleSets,
    private readonly passages: Passages,
  ) {}

  /**
   * The decision about a person at a door at a time, by the rules of now and by what doors have told so far.
   *
   * A door is taken to be connected and its clock to be right; the doors of an interlock are taken to be closed.
   *
   * @throws {AppError} `people/not-found`, `doors/not-found`, `auth/forbidden`
   */
  async why({ personId, doorId, at }: WhyQuery, by: SignedIn): Promise<z.input<typeof whySchema>> {
    const { person, record, rules } = await this.subject(personId, doorId, by);
    const atMs = at === undefined ? Date.now() : Date.parse(at);
    const access = new AccessRules({ ...rules, people: [person] });
    const memory = await this.memory(access, rules, { doorId, personId }, atMs);
    const decision = decideAccess({ rules: access, doorId, personId, atMs, memory, health: HEALTHY });
    return {
      person: { id: person.id, name: person.name },
      door: { id: doorId, name: record.door.name },
      at: new Date(atMs).toISOString(),
      timeZone: record.site.timeZone,
      decision,
      names: await this.names(rules),
    };
  }

  /** When a person may pass a door, by status, validity and access levels. @throws as {@link why}, and `access/period` */
  async times(query: PassTimesQuery, by: SignedIn): Promise<z.input<typeof passTimesSchema>> {
    const { personId, doorId } = query;
    const { person, record, rules } = await this.subject(personId, doorId, by);
    const [fromMs, untilMs] = [Date.parse(query.from), Date.parse(query.until)];
    if (untilMs < fromMs || untilMs - fromMs > PERIOD_DAYS_MAX * DAY_MS) {
      throw new AppError('invalid', 'access/period', 'The period cannot be shown.', {
        detail: `It must end after it begins, and within ${PERIOD_DAYS_MAX} days.`,
      });
    }
    const access = new AccessRules({ ...rules, people: [person] });
    const intervals = whenMayPass({ rules: access, personId, doorId, fromMs, untilMs }).map((period) => ({
      from: new Date(period.fromMs).toISOString(),
      until: new Date(period.untilMs).toISOString(),
    }));
    return { timeZone: record.site.timeZone, intervals };
  }

  private async subject(
    personId: PersonId,
    doorId: DoorId,
    by: SignedIn,
  ): Promise<{ person: DoorPerson; record: DoorRecord; rules: Rules }> {
    const found: Person = (await this.people.get(personId)).person;
    mayRead(by, found.siteId);
    const record = await this.doors.get(doorId);
    by.access.require('access:read', record.door.siteId);
    const groups = (await this.groups.ofPeople(this.dataSource.manager, [personId])).get(personId) ?? [];
    const person = doorPersonSchema.parse(
      doorPersonView(
        found,
        groups.map(({ id }) => id),
      ),
    );
    return { person, record, rules: await this.sets.ofDoor(doorId) };
  }

  private async memory(
    access: AccessRules,
    rules: Rules,
    { doorId, personId }: { doorId: DoorId; personId: PersonId },
    untilMs: number,
  ): Promise<AccessMemory> {
    const door = rules.doors.find(({ id }) => id === doorId);
    const closed: MemoryEvent[] = (door?.rules.interlockDoorIds ?? []).map((id) => ({
      kind: 'door-position',
      doorId: id,
      open: false,
    }));
    const passed = await this.passages.forDecision({ doorId, personId, rules, untilMs });
    return rememberAll(EMPTY_MEMORY, [...closed, ...passed], access);
  }

  private async names(rules: Rules): Promise<z.input<typeof whySchema>['names']> {
    const name = <T extends { id: string; name: string }>({ id, name: text }: T) => ({ id, name: text });
    return {
      accessLevels: rules.accessLevels.map(name),
      groups: rules.groups.map(name),
      schedules: rules.schedules.map(name),
      areas: rules.areas.map(name),
      doors: await this.doors.namesOf(rules.doors.map(({ id }) => id)),
      lockdowns: rules.lockdowns.map(({ id, note }) => ({ id, name: note })),
    };
  }
}
