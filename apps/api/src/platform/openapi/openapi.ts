import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { problemSchema } from '@munjigi/contracts';
import { cleanupOpenApiDoc } from 'nestjs-zod';
import { z } from 'zod';
import { zodDtosOf } from './zod-dtos';

type Schemas = NonNullable<OpenAPIObject['components']>['schemas'];

/** The OpenAPI document of every route, from the schemas of the wire. */
export function openApiDocument(app: INestApplication): OpenAPIObject {
  const frame = new DocumentBuilder()
    .setTitle('Munjigi')
    .setDescription(
      'People, doors and access events. Sign in with `POST /api/auth/login`; the session travels in a cookie. ' +
        'Programs send an API token: `Authorization: Bearer mnj_api_…`. ' +
        'Refusals are problem documents (RFC 9457) with a stable `code`.',
    )
    .setVersion('1')
    .addCookieAuth('munjigi_session', { type: 'apiKey', in: 'cookie', name: 'munjigi_session' }, 'session')
    .addBearerAuth({ type: 'http', scheme: 'bearer' }, 'token')
    .addSecurityRequirements('session')
    .addSecurityRequirements('token')
    .build();
  const document = SwaggerModule.createDocument(app, frame, {
    operationIdFactory: (controller, method) =>
      `${controller.replace(/Controller$/, '').toLowerCase()}_${method}`,
  });
  return withProblems(withExactSchemas(app, cleanupOpenApiDoc(document)));
}

/** The document with its bodies as zod describes them: on the way through Nest a text or null became a list of texts. */
function withExactSchemas(app: INestApplication, document: OpenAPIObject): OpenAPIObject {
  const dtos = zodDtosOf(app);
  const schemas = Object.entries(document.components?.schemas ?? {}).map(([name, schema]) => {
    const dto = dtos.get(name);
    if (dto === undefined) return [name, schema];
    const io = name.endsWith('_Output') ? 'output' : 'input';
    return [name, z.toJSONSchema(dto, { target: 'openapi-3.0', io, unrepresentable: 'any' })];
  });
  return {
    ...document,
    components: { ...document.components, schemas: Object.fromEntries(schemas) as Schemas },
  };
}

/** The document with what every operation may answer beside what it says itself. */
function withProblems(document: OpenAPIObject): OpenAPIObject {
  const content = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } };
  const refusals = {
    '4XX': { description: 'A refusal: nothing was changed, and the problem says why.', content },
    '5XX': { description: 'The server, or what it depends on, cannot answer now.', content },
  };
  const paths = Object.entries(document.paths).map(([path, operations]) => [
    path,
    Object.fromEntries(
      Object.entries(operations as Record<string, { responses: Record<string, unknown> }>).map(
        ([method, operation]) => {
          // A route that names no status answers with 200, and with nothing else that is no refusal.
          const { default: success, ...named } = operation.responses;
          const responses = { ...(success === undefined ? {} : { 200: success }), ...named, ...refusals };
          return [method, { ...operation, responses }];
        },
      ),
    ),
  ]);
  const { components } = document;
  const schemas = {
    ...components?.schemas,
    Problem: z.toJSONSchema(problemSchema, { target: 'openapi-3.0' }),
  };
  return {
    ...document,
    paths: Object.fromEntries(paths) as OpenAPIObject['paths'],
    components: { ...components, schemas },
  } as OpenAPIObject;
}

/** Serves the document at `/api/docs-json`, and a page to read and try it at `/api/docs`. */
export function serveOpenApi(app: INestApplication): void {
  SwaggerModule.setup('api/docs', app, () => openApiDocument(app), {
    jsonDocumentUrl: 'api/docs-json',
    yamlDocumentUrl: 'api/docs-yaml',
    customSiteTitle: 'Munjigi API',
  });
}
