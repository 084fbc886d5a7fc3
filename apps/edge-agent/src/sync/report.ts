import { AGENT_PROTOCOL_VERSION, commandReportAnswerSchema } from '@munjigi/contracts';
import type { CommandUser } from '../ports/uplink-user';
import { reader, type Exchange } from './exchange';

const readAnswer = reader(commandReportAnswerSchema);

/**
 * Tells the server what has become of its commands, oldest first, until it has confirmed all of it.
 *
 * @throws {AgentError} as `Exchange.ask`
 */
export async function reportUntilTold(exchange: Exchange, commands: CommandUser): Promise<void> {
  for (let untold = commands.untold(); untold.length > 0; untold = commands.untold()) {
    for (const report of untold) {
      await exchange.ask('command.report', { v: AGENT_PROTOCOL_VERSION, ...report }, readAnswer);
      commands.told(report);
    }
  }
}
