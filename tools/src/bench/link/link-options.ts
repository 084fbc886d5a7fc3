import { parseArgs } from 'node:util';
import { wholeNumber } from '../../seed/seed-options';

/** What the measurements of the link to doors were asked for. */
export interface LinkOptions {
  readonly suite: 'revoke' | 'sync' | 'herd';
  readonly doors: number;
  readonly people: number;
  readonly rounds: number;
}

/** How the command is used. */
export const LINK_USAGE = `npm run bench -- revoke [options]   how soon a revocation is at every door
  --doors N    simulated doors (default 1000)
  --rounds N   people revoked, one after the other (default 20)
npm run bench -- sync [options]     how long a new door takes to get everybody
  --people N   with a template each (default 50000)
npm run bench -- herd [options]     how soon all doors are back and level after an outage
  --doors N    with the real link and the real store (default 1000)
  --people N   in the database (default 200)`;

/** Whether the command line names one of these suites. */
export function isLinkSuite(name: string | undefined): name is LinkOptions['suite'] {
  return name === 'revoke' || name === 'sync' || name === 'herd';
}

/** Reads the command line. @throws with what is wrong and how the command is used */
export function readLinkOptions(args: readonly string[]): LinkOptions {
  const [suite, ...rest] = args;
  if (!isLinkSuite(suite)) throw new Error(LINK_USAGE);
  const text = { type: 'string' } as const;
  const { values } = parseArgs({ args: rest, options: { doors: text, people: text, rounds: text } });
  const count = (name: keyof typeof values, otherwise: number) =>
    wholeNumber(`--${name}`, values[name], { otherwise, least: 1, usage: LINK_USAGE });
  return {
    suite,
    doors: count('doors', 1_000),
    people: count('people', suite === 'sync' ? 50_000 : 200),
    rounds: count('rounds', 20),
  };
}
