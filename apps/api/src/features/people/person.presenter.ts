import type { personSchema, templateSchema } from '@munjigi/contracts';
import type { z } from 'zod';
import type { GroupName } from '../groups/groups.repository';
import type { Person } from './person.entity';
import type { Portrait } from './portrait.entity';
import type { Template } from './template.entity';

/** A person with what belongs to them. */
export interface PersonRecord {
  readonly person: Person;
  /** By name. */
  readonly groups: readonly GroupName[];
  /** Oldest first. */
  readonly templates: readonly Template[];
  readonly portrait: Pick<Portrait, 'updatedAt'> | null;
  readonly lastGrantedAt: Date | null;
}

/** A person as the wire has it. */
export function presentPerson(record: PersonRecord): z.input<typeof personSchema> {
  const { person, groups, templates, portrait, lastGrantedAt } = record;
  const best = bestOf(templates);
  const { fieldVersions: _fieldVersions, atDoors: _atDoors, searchText: _searchText, ...shown } = person;
  return {
    ...shown,
    groups: groups.map(({ id, name }) => ({ id, name })),
    validFrom: person.validFrom?.toISOString() ?? null,
    validUntil: person.validUntil?.toISOString() ?? null,
    lastGrantedAt: lastGrantedAt?.toISOString() ?? null,
    templates: templates.map((template) => presentTemplate(template, best)),
    // The version lets a browser keep the picture until there is a new one.
    portraitUrl: portrait && portraitUrl(person.id, portrait.updatedAt),
    createdAt: person.createdAt.toISOString(),
    updatedAt: person.updatedAt.toISOString(),
  };
}

function presentTemplate(template: Template, best: ReadonlySet<string>): z.input<typeof templateSchema> {
  return {
    id: template.id,
    modelId: template.modelId,
    origin: template.origin,
    quality: template.quality,
    best: best.has(template.id),
    createdAt: template.createdAt.toISOString(),
  };
}

/** The best template of each model: of the highest quality, among equals the oldest. */
function bestOf(templates: readonly Template[]): Set<string> {
  const best = new Map<string, Template>();
  for (const template of templates) {
    const held = best.get(template.modelId);
    if (!held || scoreOf(template) > scoreOf(held)) best.set(template.modelId, template);
  }
  return new Set([...best.values()].map(({ id }) => id));
}

function scoreOf({ quality }: Template): number {
  return quality?.unifiedQualityScore ?? -1;
}

/** Where a portrait is; another address when it is another picture. */
export function portraitUrl(personId: string, updatedAt: Date): string {
  return `/api/people/${personId}/portrait?v=${updatedAt.getTime()}`;
}
