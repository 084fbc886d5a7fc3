/** Query parameter of the sign-in page: where to go once signed in. */
export const RETURN_PARAMETER = 'next';

const ENTRY_PATHS = ['/sign-in', '/setup', '/invitation'];

/** Where everybody lands. */
export const HOME_PATH = '/overview';

/**
 * The path to return to after signing in: what was asked for when it is a path of this console, else home.
 *
 * Anything that a browser could take for another site (`//host`, `/\host`, a scheme) is home: a crafted link must not
 * send a freshly signed-in administrator elsewhere.
 */
export function returnPath(asked: string | null | undefined): string {
  if (!asked || !/^\/(?![/\\])[^\s\\]*$/.test(asked)) return HOME_PATH;
  return asked === '/' || isEntryPath(asked) ? HOME_PATH : asked;
}

/** Whether a path is of a page for those who are not signed in. */
export function isEntryPath(path: string): boolean {
  return ENTRY_PATHS.some((entry) => path.startsWith(entry));
}

/** The sign-in page's address, with the way back. */
export function signInPath(from: string): string {
  return from === HOME_PATH ? '/sign-in' : `/sign-in?${RETURN_PARAMETER}=${encodeURIComponent(from)}`;
}
