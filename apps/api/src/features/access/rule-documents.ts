import {
  accessLevelRequestSchema,
  areaRequestSchema,
  doorRulesRequestSchema,
  groupAccessSchema,
  holidayCalendarRequestSchema,
  scheduleRequestSchema,
} from '@munjigi/contracts';
import type { z } from 'zod';
import type { AccessRule, AccessRuleKind } from './access-rule.entity';

/** What a document of each kind holds beside its id, name and site. */
export const DEFINITIONS = {
  schedule: scheduleRequestSchema.omit({ name: true, siteId: true }),
  'holiday-calendar': holidayCalendarRequestSchema.omit({ name: true, siteId: true }),
  'access-level': accessLevelRequestSchema.omit({ name: true, siteId: true }),
  area: areaRequestSchema.omit({ name: true, siteId: true }),
  door: doorRulesRequestSchema,
  group: groupAccessSchema,
} as const satisfies Record<AccessRuleKind, z.ZodType>;

export type Definition<K extends AccessRuleKind> = z.output<(typeof DEFINITIONS)[K]>;

/** A document, read. */
export interface RuleDocument<K extends AccessRuleKind = AccessRuleKind> {
  readonly kind: K;
  readonly id: string;
  /** Null: of the whole organisation. */
  readonly siteId: string | null;
  readonly name: string;
  readonly definition: Definition<K>;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** All documents of the access rules. */
export class RuleDocuments {
  private readonly documents: ReadonlyMap<string, RuleDocument>;

  constructor(documents: Iterable<RuleDocument>) {
    this.documents = new Map([...documents].map((document) => [keyOf(document.kind, document.id), document]));
  }

  /** @throws when a row is not what this release can read: nothing is decided by half of the rules */
  static read(rows: readonly AccessRule[]): RuleDocuments {
    return new RuleDocuments(
      rows.map((row) => ({ ...row, definition: DEFINITIONS[row.kind].parse(row.definition) })),
    );
  }

  get<K extends AccessRuleKind>(kind: K, id: string): RuleDocument<K> | undefined {
    return this.documents.get(keyOf(kind, id)) as RuleDocument<K> | undefined;
  }

  /** In the order in which they were made. */
  all<K extends AccessRuleKind>(kind: K): RuleDocument<K>[] {
    return [...this.documents.values()].filter((document) => document.kind === kind) as RuleDocument<K>[];
  }

  with(document: RuleDocument): RuleDocuments {
    return new RuleDocuments([...this.documents.values(), document]);
  }

  /** Of whatever kind this is. */
  alike(kind: AccessRuleKind): RuleDocument[] {
    return [...this.documents.values()].filter((document) => document.kind === kind);
  }

  without(kind: AccessRuleKind, id: string): RuleDocuments {
    const key = keyOf(kind, id);
    return new RuleDocuments(
      [...this.documents].filter(([each]) => each !== key).map(([, document]) => document),
    );
  }
}

function keyOf(kind: AccessRuleKind, id: string): string {
  return `${kind} ${id}`;
}
