import { transformContext } from '../../platform/crypto/template-transforms';
import { authenticatorAppContext } from '../../platform/auth/second-factors';
import { eventPictureKeyContext } from '../event-pictures/event-picture-vault';
import { cameraKeyContext } from '../cameras/camera-vault';
import { importKeyContext } from '../people-imports/import-content';
import { webhookSecretContext } from '../webhooks/webhook-secrets';
import { personKeyContext } from '../people/person-keys';

/** A table that has keys which a master key wrapped. */
export interface WrappedKeys {
  readonly table: string;
  /** Column of the row's id, a uuid. */
  readonly id: string;
  /** Column of the wrapped key; null where there is none any more. */
  readonly column: string;
  /** What the key of a row is bound to. */
  readonly context: (id: string) => string;
}

/** Every place where wrapped keys are: all are wrapped anew when the master key changes, or it would be lost to them. */
export const WRAPPED_KEYS: readonly WrappedKeys[] = [
  { table: 'person_key', id: 'person_id', column: 'wrapped_key', context: personKeyContext },
  { table: 'template_transform', id: 'id', column: 'wrapped_secret', context: transformContext },
  {
    table: 'authenticator_app',
    id: 'administrator_id',
    column: 'wrapped_secret',
    context: authenticatorAppContext,
  },
  { table: 'door_camera', id: 'door_id', column: 'wrapped_key', context: cameraKeyContext },
  { table: 'event_picture', id: 'id', column: 'wrapped_key', context: eventPictureKeyContext },
  { table: 'people_import', id: 'id', column: 'wrapped_key', context: importKeyContext },
  { table: 'webhook_secret', id: 'id', column: 'wrapped_secret', context: webhookSecretContext },
];

/** A query for how many keys each master key wraps: `id`, `wrapping` (false) and `keys`. */
export const COUNT_WRAPPED_KEYS = WRAPPED_KEYS.map(
  ({ table, column }) =>
    `SELECT master_key_id AS id, false AS wrapping, count(*) AS keys FROM ${table}
     WHERE ${column} IS NOT NULL GROUP BY 1`,
).join(' UNION ALL ');
