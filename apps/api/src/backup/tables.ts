import type { ClientBase } from 'pg';
import type { BackupPartition } from './manifest';

/** Of a running process, or of nobody once the server has stopped: in no backup. */
const PASSING = new Set(['schema_migration', 'server_node', 'session', 'socket_io_attachments']);

/** A table whose rows are kept, and the columns that are neither computed nor refer to what is passing. */
export interface KeptTable {
  readonly name: string;
  readonly columns: readonly string[];
}

/** The tables whose rows a backup keeps, each after all that it refers to. Partitions are part of their parents. */
export async function keptTables(client: ClientBase): Promise<KeptTable[]> {
  const { rows: columns } = await client.query<{ name: string; columns: string[] }>(
    `
    SELECT class.relname AS name, array_agg(attribute.attname::text ORDER BY attribute.attnum) AS columns
    FROM pg_class AS class
    JOIN pg_attribute AS attribute ON attribute.attrelid = class.oid
    WHERE class.relnamespace = current_schema()::regnamespace AND class.relkind IN ('r', 'p')
      AND NOT class.relispartition AND attribute.attnum > 0 AND NOT attribute.attisdropped
      AND attribute.attgenerated = '' AND NOT EXISTS (
        SELECT FROM pg_constraint AS foreign_key JOIN pg_class AS referred ON referred.oid = foreign_key.confrelid
        WHERE foreign_key.conrelid = class.oid AND foreign_key.contype = 'f'
          AND attribute.attnum = ANY(foreign_key.conkey) AND referred.relname = ANY($1))
    GROUP BY class.relname ORDER BY class.relname`,
    [[...PASSING]],
  );
  const { rows: references } = await client.query<{ from: string; to: string }>(`
    SELECT DISTINCT referring.relname AS "from", referred.relname AS "to"
    FROM pg_constraint AS foreign_key
    JOIN pg_class AS referring ON referring.oid = foreign_key.conrelid
    JOIN pg_class AS referred ON referred.oid = foreign_key.confrelid
    WHERE foreign_key.contype = 'f' AND referring.relnamespace = current_schema()::regnamespace
      AND referring.oid <> referred.oid`);
  return inOrder(
    columns.filter(({ name }) => !PASSING.has(name)),
    references,
  );
}

/** The partitions that there are, so that rows find theirs when they are loaded. */
export async function partitions(client: ClientBase): Promise<BackupPartition[]> {
  const { rows } = await client.query<BackupPartition>(`
    SELECT child.relname AS name, parent.relname AS parent,
      pg_get_expr(child.relpartbound, child.oid) AS bound
    FROM pg_class AS child
    JOIN pg_inherits ON pg_inherits.inhrelid = child.oid
    JOIN pg_class AS parent ON parent.oid = pg_inherits.inhparent
    WHERE child.relispartition AND child.relkind IN ('r', 'p')
      AND child.relnamespace = current_schema()::regnamespace
    ORDER BY parent.relname, child.relname`);
  return rows;
}

function inOrder(
  tables: readonly KeptTable[],
  references: readonly { from: string; to: string }[],
): KeptTable[] {
  const left = new Map(tables.map((table) => [table.name, table]));
  const ordered: KeptTable[] = [];
  while (left.size > 0) {
    const free = [...left.values()].filter(
      ({ name }) => !references.some(({ from, to }) => from === name && left.has(to)),
    );
    if (free.length === 0)
      throw new Error(`tables refer to one another in a circle: ${[...left.keys()].join(', ')}`);
    for (const table of free) {
      ordered.push(table);
      left.delete(table.name);
    }
  }
  return ordered;
}
