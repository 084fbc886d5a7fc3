import type { AccessRuleKind } from './access-rule.entity';
import type { Definition, RuleDocument } from './rule-documents';

/** A document as the wire has it. */
export type DocumentView<K extends AccessRuleKind> = Definition<K> & {
  id: string;
  name: string;
  siteId: string | null;
  createdAt: string;
  updatedAt: string;
};

export function presentDocument<K extends AccessRuleKind>(document: RuleDocument<K>): DocumentView<K> {
  const { id, name, siteId, definition, createdAt, updatedAt } = document;
  return {
    ...definition,
    id,
    name,
    siteId,
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  };
}
