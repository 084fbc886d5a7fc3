/** Ends the tests' PostgreSQL, and waits until it has gone. */
export default async function globalTeardown(): Promise<void> {
  const child = globalThis.munjigiTestPostgres;
  if (!child || child.exitCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.stdin?.end();
  await gone;
}
