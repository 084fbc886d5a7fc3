import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { TestServer } from '../../testing/test-server';
import { openApiDocument } from './openapi';

const FILE = join(__dirname, '..', '..', '..', 'openapi.json');

let server: TestServer;
beforeAll(async () => {
  server = await TestServer.start();
});
afterAll(() => server.close());

describe('the OpenAPI document', () => {
  it('in the repository is what the server serves (UPDATE_OPENAPI=1 writes it anew)', async () => {
    const { body } = await server.callAnonymously('GET', '/api/docs-json');
    const text = `${JSON.stringify(body, null, 2)}\n`;
    if (process.env.UPDATE_OPENAPI) writeFileSync(FILE, text);
    expect(text === readFileSync(FILE, 'utf8')).toBe(true);
  });

  it('describes what scripts count on', () => {
    const { paths } = openApiDocument(server.running.app);
    expect(paths['/api/auth/login']?.post?.requestBody).toBeDefined();
    expect(Object.keys(paths['/api/people'] ?? {}).sort()).toEqual(['get', 'post']);
    expect(JSON.stringify(paths['/api/people/{id}/photos']?.post?.requestBody)).toContain(
      'multipart/form-data',
    );
    const filters = paths['/api/events']?.get?.parameters?.map(
      (parameter) => 'name' in parameter && parameter.name,
    );
    expect(filters).toEqual(
      expect.arrayContaining(['cursor', 'limit', 'doorId', 'personId', 'outcome', 'from', 'until']),
    );
  });

  it('leaves nothing undescribed or unresolved', () => {
    const document = openApiDocument(server.running.app);
    const text = JSON.stringify(document);
    const names = Object.keys(document.components?.schemas ?? {});
    const references = [...text.matchAll(/"#\/components\/schemas\/([^"]+)"/g)].map((match) => match[1]);
    expect(references.length).toBeGreaterThan(10);
    expect(references.filter((name) => !names.includes(name ?? ''))).toEqual([]);
    for (const operations of Object.values(document.paths)) {
      for (const operation of Object.values(operations)) expect(operation).toHaveProperty('summary');
    }
  });

  it('says of what may be null that it may, as OpenAPI 3.0 does', () => {
    const document = openApiDocument(server.running.app);
    expect(document.components?.schemas?.PersonDto_Output).toMatchObject({
      properties: { portraitUrl: { type: 'string', nullable: true } },
    });
    expect(JSON.stringify(document)).not.toContain('"type":[');
  });

  it('says of every operation how it refuses', () => {
    const { paths } = openApiDocument(server.running.app);
    expect(paths['/api/people']?.get?.responses).toMatchObject({ 200: {}, '4XX': {}, '5XX': {} });
  });

  it('has a page that runs under its own content policy', async () => {
    const page = await server.callAnonymously('GET', '/api/docs');
    expect(page.status).toBe(200);
    expect(page.body.toString()).toContain('Munjigi API');
    expect(page.headers.get('content-security-policy')).toContain("script-src 'self'");
    expect(page.body.toString()).not.toMatch(/<script(?![^>]*\bsrc=)[^>]*>\s*\S/);
  });
});
