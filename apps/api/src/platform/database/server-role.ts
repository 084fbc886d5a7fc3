import type { DataSource, EntityManager } from 'typeorm';

/** The role that the server works as once the database is prepared. Its rights are per database. */
export const SERVER_ROLE = 'munjigi_server';

/** What the account consists of; to the server's role it is readable, and grows. */
const APPEND_ONLY: Readonly<Record<string, string>> = {
  audit_entry: 'SELECT, INSERT',
  // The chain is made by a function that has its owner's rights.
  audit_chain: 'SELECT',
  audit_link: 'SELECT',
  audit_key: 'SELECT, INSERT',
  audit_checkpoint: 'SELECT, INSERT',
};

/**
 * Makes the role that the server is to work as, which may do everything with the rows of our tables except change what
 * the account says, and gives it to the user of this connection. Again and again without harm; a new release's tables
 * get their rights here.
 *
 * @param owner of the schema
 * @returns the role, or the reason why there is none: the user may not make roles, or is not the schema's owner
 */
export async function prepareServerRole(
  owner: DataSource,
): Promise<{ role: typeof SERVER_ROLE } | { refused: unknown }> {
  try {
    await makeRole(owner);
    await owner.transaction(async (manager) => {
      const [{ schema }] = await manager.query<[{ schema: string }]>(
        'SELECT quote_ident(current_schema()) AS schema',
      );
      const rights = ['SELECT, INSERT, UPDATE, DELETE ON TABLES', 'USAGE, SELECT, UPDATE ON SEQUENCES'];
      await manager.query(`GRANT USAGE ON SCHEMA ${schema} TO ${SERVER_ROLE}`);
      for (const right of rights) {
        const [what, kind] = right.split(' ON ') as [string, string];
        await manager.query(`GRANT ${what} ON ALL ${kind} IN SCHEMA ${schema} TO ${SERVER_ROLE}`);
        await manager.query(
          `ALTER DEFAULT PRIVILEGES IN SCHEMA ${schema} GRANT ${what} ON ${kind} TO ${SERVER_ROLE}`,
        );
      }
      for (const [table, what] of Object.entries(APPEND_ONLY)) {
        await manager.query(`REVOKE ALL ON ${table} FROM ${SERVER_ROLE}, PUBLIC`);
        await manager.query(`GRANT ${what} ON ${table} TO ${SERVER_ROLE}`);
      }
    });
    return { role: SERVER_ROLE };
  } catch (refused) {
    return { refused };
  }
}

/**
 * Runs what follows in this transaction with the rights of the user that connected: for what only the owner of a table
 * may do, such as adding a partition.
 */
export async function asOwner(manager: EntityManager): Promise<void> {
  await manager.query('SET LOCAL ROLE NONE');
}

/** Whether the role of this connection is denied every change of what the account says, by the database's rights. */
export async function isAuditAppendOnly(manager: EntityManager): Promise<boolean> {
  const [row] = await manager.query<[{ denied: boolean }]>(
    `SELECT NOT bool_or(has_table_privilege(name, right_name)) AS denied
     FROM unnest($1::text[]) AS name CROSS JOIN unnest(ARRAY['UPDATE', 'DELETE', 'TRUNCATE', 'TRIGGER']) AS right_name`,
    [Object.keys(APPEND_ONLY)],
  );
  return row.denied;
}

/** Other databases of the same server may be prepared at the same moment: roles belong to the server. */
async function makeRole(owner: DataSource): Promise<void> {
  const there = async () =>
    (await owner.query<unknown[]>('SELECT 1 FROM pg_roles WHERE rolname = $1', [SERVER_ROLE])).length > 0;
  if (!(await there())) {
    await owner.query(`CREATE ROLE ${SERVER_ROLE} NOLOGIN`).catch(async (error: unknown) => {
      if (!(await there())) throw error;
    });
  }
  const [{ mine }] = await owner.query<[{ mine: boolean }]>(
    `SELECT pg_has_role(current_user, $1, 'MEMBER') AS mine`,
    [SERVER_ROLE],
  );
  if (!mine) await owner.query(`GRANT ${SERVER_ROLE} TO CURRENT_USER`);
}
