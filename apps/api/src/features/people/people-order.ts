import type { PeopleQuery, PeopleSort } from '@munjigi/contracts';
import { z } from 'zod';
import { isStorable } from './people-filter';
import type { Person } from './person.entity';

/** By what people are in order, as SQL of `person` and `activity`: never null, and as its index has it. */
const EXPRESSION: Readonly<Record<PeopleSort, string>> = {
  name: 'person.name',
  employeeNumber: `coalesce(person.employee_number, '')`,
  department: `coalesce(person.department, '')`,
  validUntil: `coalesce(person.valid_until, 'infinity')`,
  lastGrantedAt: `coalesce(activity.last_granted_at, '-infinity')`,
  createdAt: 'person.created_at',
  updatedAt: 'person.updated_at',
};

const TEXTS: ReadonlySet<PeopleSort> = new Set(['name', 'employeeNumber', 'department']);

const instant = z.union([z.iso.datetime(), z.enum(['infinity', '-infinity'])]);
const text = z.string().refine(isStorable);

/** How one list of people is ordered: by a value, then by id, both in one direction. */
export class PeopleOrder {
  readonly expression: string;
  readonly direction: 'ASC' | 'DESC';
  /** What its cursors hold: the order that they are of, the last value, the last id. */
  readonly cursorSchema: z.ZodType<[string, string, string]>;
  private readonly key: string;

  constructor(private readonly query: Pick<PeopleQuery, 'sort' | 'order'>) {
    this.expression = EXPRESSION[query.sort];
    this.direction = query.order === 'descending' ? 'DESC' : 'ASC';
    this.key = `${query.sort} ${query.order}`;
    this.cursorSchema = z.tuple([z.literal(this.key), TEXTS.has(query.sort) ? text : instant, z.uuid()]);
  }

  /** The condition of what comes after `:value` and `:id`. */
  get after(): string {
    const cast = TEXTS.has(this.query.sort) ? '' : '::timestamptz';
    return `(${this.expression}, person.id) ${this.direction === 'ASC' ? '>' : '<'} (:value${cast}, :id)`;
  }

  /** The cursor's content for the last person of a page. */
  placeOf(person: Person, lastGrantedAt: Date | null): [string, string, string] {
    return [this.key, this.valueOf(person, lastGrantedAt), person.id];
  }

  private valueOf(person: Person, lastGrantedAt: Date | null): string {
    switch (this.query.sort) {
      case 'name':
      case 'employeeNumber':
      case 'department':
        return person[this.query.sort] ?? '';
      case 'lastGrantedAt':
        return lastGrantedAt?.toISOString() ?? '-infinity';
      case 'validUntil':
        return person.validUntil?.toISOString() ?? 'infinity';
      case 'createdAt':
      case 'updatedAt':
        return person[this.query.sort].toISOString();
    }
  }
}
