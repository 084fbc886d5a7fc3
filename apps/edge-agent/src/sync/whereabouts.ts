import {
  AGENT_PROTOCOL_VERSION,
  whereaboutsPullAnswerSchema,
  type WhereaboutsPull,
} from '@munjigi/contracts';
import type { UplinkUser } from '../ports/uplink-user';
import { reader, type Exchange } from './exchange';

const readAnswer = reader(whereaboutsPullAnswerSchema);

/**
 * Asks where everybody is by the other doors of the site: what they told while this one was away was told to nobody.
 *
 * @throws {AgentError} as `Exchange.ask`
 */
export async function pullWhereabouts(
  exchange: Exchange,
  user: Pick<UplinkUser, 'whereabouts'>,
): Promise<void> {
  let afterPersonId: WhereaboutsPull['afterPersonId'] = null;
  do {
    const message: WhereaboutsPull = { v: AGENT_PROTOCOL_VERSION, afterPersonId };
    const { moved, pardoned, next } = await exchange.ask('whereabouts.pull', message, readAnswer);
    user.whereabouts({ moved, pardoned, anew: afterPersonId === null });
    afterPersonId = next;
  } while (afterPersonId !== null);
}
