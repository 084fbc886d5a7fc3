import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { importPublicKey, keyIdOf } from './keys';
import { readLines } from './read-lines';
import { verifyExport } from './verify-export';

const USAGE = `Usage: npm run audit -- verify FILE [--key PUBLICKEY]

Checks an export of the account with no server and no database.

  --key   the deployment's public key, as GET /api/audit/keys tells it, or a file that holds it

Exit code: 0 the export is whole and genuine; 1 it is not; 2 it could not be checked.
`;

/** Checks the export that the command line names. @returns the exit code */
export async function main(parameters: string[], say: (text: string) => void): Promise<number> {
  try {
    const { values, positionals } = parseArgs({
      args: parameters,
      allowPositionals: true,
      options: { key: { type: 'string' }, help: { type: 'boolean' } },
    });
    const [command, file, ...rest] = positionals;
    if (values.help) return (say(USAGE), 0);
    if (command !== 'verify' || file === undefined || rest.length > 0) return (say(USAGE), 2);
    return await verify(file, values.key, say);
  } catch (error) {
    say(`The export could not be checked: ${(error as Error).message}\n`);
    return 2;
  }
}

async function verify(file: string, given: string | undefined, say: (text: string) => void): Promise<number> {
  const key = given === undefined ? undefined : await readKey(given);
  const verdict = await verifyExport(readLines(createReadStream(file)), key);
  if (!verdict.ok) {
    const { position, line, what } = verdict.fault;
    const where = position === null ? `line ${line}` : `position ${position} (line ${line})`;
    say(`NOT GENUINE, at ${where}: ${what}\n`);
    return 1;
  }
  const { header, footer } = verdict;
  const range = footer.count === 0 ? 'no entry' : `entries ${header.from} to ${footer.position}`;
  say(`Genuine: ${range} of the account of ${header.deployment}, signed at ${footer.at}.\n`);
  say(`Signed with the key ${footer.keyId}${key === undefined ? '' : ', which is the one given'}.\n`);
  if (key === undefined) {
    say('Nobody said which key it should be: pass --key, or compare the key with GET /api/audit/keys.\n');
  }
  return 0;
}

async function readKey(given: string): Promise<string> {
  const text = (await readFile(given, 'utf8').catch(() => given)).trim();
  try {
    importPublicKey(text);
    keyIdOf(text);
  } catch {
    throw new Error('the key is not an Ed25519 public key in base64, nor a file that holds one');
  }
  return text;
}

if (require.main === module) {
  void main(process.argv.slice(2), (text) => process.stdout.write(text)).then((code) => {
    process.exitCode = code;
  });
}
