import type { doorPersonSchema } from '@munjigi/contracts';
import type { z } from 'zod';
import type { Person } from '../people/person.entity';

/** A person as a door knows them. */
export function doorPersonView(
  person: Pick<Person, 'id' | 'name' | 'status' | 'validFrom' | 'validUntil' | 'extendedDoorTime'>,
  groupIds: readonly string[],
): z.input<typeof doorPersonSchema> {
  return {
    id: person.id,
    name: person.name,
    status: person.status,
    validFrom: person.validFrom?.toISOString() ?? null,
    validUntil: person.validUntil?.toISOString() ?? null,
    groupIds: [...groupIds],
    extendedTime: person.extendedDoorTime,
  };
}
