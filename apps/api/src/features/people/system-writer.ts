import { PERMISSIONS } from '@munjigi/contracts';
import { systemActor } from '../../platform/audit/actor';
import { Access } from '../../platform/auth/access';
import type { Writer } from './person-writer';

/** The server itself, which may do everything. @param name of the part that does it, such as `idle` */
export function systemWriter(name: string): Writer {
  const access = new Access([{ permissions: PERMISSIONS, siteId: null }]);
  return { ...systemActor(name), access };
}
