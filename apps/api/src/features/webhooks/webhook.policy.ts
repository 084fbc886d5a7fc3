import type { Permission } from '@munjigi/contracts';
import type { Access } from '../../platform/auth/access';
import { AppError } from '../../platform/errors/app-error';
import type { WebhookRow } from './webhook.entities';

/** What a webhook is told of, and of where. */
export type WebhookScope = Pick<WebhookRow, 'events' | 'siteIds' | 'people'>;

/** Refuses a webhook to somebody who may not do this at every one of its sites. @throws {AppError} `auth/forbidden` */
export function requireAtSites(
  access: Access,
  permission: Permission,
  { siteIds }: Pick<WebhookRow, 'siteIds'>,
): void {
  for (const siteId of siteIds ?? [null]) access.require(permission, siteId);
}

/** Whether somebody may do this at every site of a webhook. */
export function mayAtSites(
  access: Access,
  permission: Permission,
  { siteIds }: Pick<WebhookRow, 'siteIds'>,
): boolean {
  return (siteIds ?? [null]).every((siteId) => access.mayAt(permission, siteId));
}

/**
 * Refuses to let a webhook be told what whoever sets it up may not read themselves.
 *
 * @throws {AppError} `webhooks/beyond-own-rights`
 */
export function requireReadable(access: Access, scope: WebhookScope): void {
  const needed = new Set<Permission>(
    scope.events.map((event) => (event.startsWith('alarm.') ? 'alarms:read' : 'events:read')),
  );
  if (scope.people !== 'none') needed.add('people:read');
  const missing = [...needed].filter((permission) => !mayAtSites(access, permission, scope));
  if (missing.length === 0) return;
  throw new AppError('forbidden', 'webhooks/beyond-own-rights', 'This goes beyond your own rights.', {
    detail: `You do not hold ${missing.join(', ')} at every one of these sites yourself, so no webhook of yours can.`,
  });
}
