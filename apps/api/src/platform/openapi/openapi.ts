import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { cleanupOpenApiDoc } from 'nestjs-zod';

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
  return cleanupOpenApiDoc(document);
}

/** Serves the document at `/api/docs-json`, and a page to read and try it at `/api/docs`. */
export function serveOpenApi(app: INestApplication): void {
  SwaggerModule.setup('api/docs', app, () => openApiDocument(app), {
    jsonDocumentUrl: 'api/docs-json',
    yamlDocumentUrl: 'api/docs-yaml',
    customSiteTitle: 'Munjigi API',
  });
}
