import { existsSync } from 'node:fs';
import { type Browser, chromium } from '@playwright/test';

/** Where an installed Chromium may be. */
export const DEBIAN_CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--no-first-run',
];

/**
 * Starts a real browser: the machine's own Chromium, else the one inside an npm package.
 *
 * @param flags beside ours
 * @throws with what was tried and why each did not start
 */
export async function launchBrowser(flags: readonly string[] = []): Promise<Browser> {
  const refusals: string[] = [];
  for (const candidate of [installedChromium, packagedChromium]) {
    try {
      return await candidate([...FLAGS, ...flags]);
    } catch (error) {
      refusals.push(
        `${candidate.name}: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}`,
      );
    }
  }
  throw new Error(`No browser starts on this machine. ${refusals.join(' ')}`);
}

function installedChromium(args: string[]): Promise<Browser> {
  const executablePath = DEBIAN_CHROMIUM.find((path) => existsSync(path));
  if (!executablePath) throw new Error('Chromium is not installed (apt-get install chromium).');
  return chromium.launch({ executablePath, args });
}

async function packagedChromium(args: string[]): Promise<Browser> {
  // Without this the package assumes that the machine has NSS and Expat, which a bare one has not.
  process.env.AWS_EXECUTION_ENV ??= 'AWS_Lambda_nodejs20.x';
  const { default: packaged } = await import('@sparticuz/chromium');
  return chromium.launch({
    executablePath: await packaged.executablePath(),
    // The package's own flags are for a function in a cloud: one process, no web security.
    args,
  });
}
