import type { personSchema, templateSchema } from '@munjigi/contracts';
import type { z } from 'zod';
import type { AccessGroup } from '../groups/access-group.entity';
import type { Person } from './person.entity';
import type { Portrait } from './portrait.entity';
import type { Template } from './template.entity';

/** A person with what belongs to them. */
export interface PersonRecord {
  readonly person: Person;
  /** By name. */
  readonly groups: readonly AccessGroup[];
  /** Oldest first. */
  readonly templates: readonly Template[];
  readonly portrait: Pick<Portrait, 'updatedAt'> | null;
  readonly lastGrantedAt: Date | null;
}

/** A person as the wire has it. */
export function presentPerson(record: PersonRecord): z.input<typeof personSchema> {
  const { person, groups, templates, portrait, lastGrantedAt } = record;
  const { fieldVersions: _fieldVersions, atDoors: _atDoors, searchText: _searchText, ...shown } = person;
  return {
    ...shown,
    groups: groups.map(({ id, name }) => ({ id, name })),
    validFrom: person.validFrom?.toISOString() ?? null,
    validUntil: person.validUntil?.toISOString() ?? null,
    lastGrantedAt: lastGrantedAt?.toISOString() ?? null,
    templates: templates.map(presentTemplate),
    // The version lets a browser keep the picture until there is a new one.
    portraitUrl: portrait && `/api/people/${person.id}/portrait?v=${portrait.updatedAt.getTime()}`,
    createdAt: person.createdAt.toISOString(),
    updatedAt: person.updatedAt.toISOString(),
  };
}

/** A template as the wire has it: without the embedding. */
export function presentTemplate(template: Template): z.input<typeof templateSchema> {
  return {
    id: template.id,
    modelId: template.modelId,
    origin: template.origin,
    createdAt: template.createdAt.toISOString(),
  };
}
