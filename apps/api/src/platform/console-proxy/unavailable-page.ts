/** The page that stands in for the console while it is away. It needs nothing else from any server. */
export function unavailablePage(reason: 'not-configured' | 'not-answering'): string {
  const [title, text] =
    reason === 'not-configured'
      ? [
          'The console is not set up',
          'This server runs without its console. Set <code>MUNJIGI_CONSOLE_URL</code> to where the console listens, ' +
            'and start the server again.',
        ]
      : [
          'The console is starting',
          'The server runs, and its console does not answer yet. This page looks again in a few seconds.',
        ];
  const refresh = reason === 'not-answering' ? '<meta http-equiv="refresh" content="3">' : '';
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
${refresh}
<title>Munjigi</title>
<style>
  :root { color-scheme: light dark; font: 16px/1.6 system-ui, sans-serif; }
  body { margin: 0; min-height: 100vh; display: grid; place-items: center; }
  main { max-width: 30rem; padding: 2rem; }
  h1 { font-size: 1.4rem; }
</style>
</head>
<body>
<main>
<h1>${title}</h1>
<p>${text}</p>
<p>The API is at <a href="/api/docs">/api/docs</a>.</p>
</main>
</body>
</html>
`;
}
