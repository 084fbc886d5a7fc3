import { parseArgs } from 'node:util';
import { IdentityFile } from '../adapters/store/identity-file';
import { AGENT_VERSION, type PairingSettings } from '../config';
import { messageOf } from '../domain/agent-error';
import { pairDevice } from './pair-device';
import { readCertificates } from './read-certificates';

/** sysexits.h: the command line is wrong. */
const EXIT_USAGE = 64;
const USAGE =
  'Use: pair --server https://munjigi.example --code abcd-efgh [--data FOLDER]\n' +
  'MUNJIGI_SERVER_URL, MUNJIGI_PAIRING_CODE and MUNJIGI_DATA stand for what is left out; MUNJIGI_SERVER_CA_FILE\n' +
  'names the file with the certificate that vouches for the server, where the system trusts none.\n';

/** Pairs this computer with a door, by hand. @param print takes lines for people @returns the exit code */
export async function pairCommand(
  args: readonly string[],
  settings: PairingSettings,
  print: (text: string) => void,
): Promise<number> {
  const given = readArguments(args, settings);
  if (given === null) {
    print(USAGE);
    return EXIT_USAGE;
  }
  const { pem: serverCa, problem } = readCertificates(given.serverCaFile);
  if (problem !== null) {
    print(`MUNJIGI_SERVER_CA_FILE: ${problem}\n`);
    return 1;
  }
  try {
    const identity = new IdentityFile(given.data);
    const { doorName, fingerprint } = await pairDevice({
      ...{ serverUrl: given.server, code: given.code, identity, serverCa },
      agentVersion: AGENT_VERSION,
    });
    print(`Paired with the door ${doorName}. The fingerprint of this computer’s key is ${fingerprint}.\n`);
    return 0;
  } catch (error) {
    print(`${messageOf(error)}\n`);
    return 1;
  }
}

function readArguments(args: readonly string[], settings: PairingSettings): PairingSettings | null {
  try {
    const options = {
      server: { type: 'string' },
      code: { type: 'string' },
      data: { type: 'string' },
    } as const;
    const given = { ...settings, ...parseArgs({ args: [...args], options }).values };
    const isAddress = /^https?:$/.test(URL.parse(given.server)?.protocol ?? '');
    return isAddress && given.code !== '' ? given : null;
  } catch {
    return null;
  }
}
