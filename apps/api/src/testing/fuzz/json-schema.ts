import type { OpenAPIObject } from '@nestjs/swagger';

/** What the OpenAPI document uses of JSON schema (OpenAPI 3.0: `nullable`, and `exclusiveMinimum` as a flag). */
export interface JsonSchema {
  readonly $ref?: string;
  readonly type?: string;
  readonly format?: string;
  readonly pattern?: string;
  readonly enum?: readonly unknown[];
  readonly nullable?: boolean;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: boolean | number;
  readonly items?: JsonSchema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | JsonSchema;
  readonly propertyNames?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly allOf?: readonly JsonSchema[];
}

/** A parameter of an operation. */
export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header' | 'cookie';
  readonly required?: boolean;
  readonly schema?: JsonSchema;
}

/** A method of a path, with every reference resolved. */
export interface Operation {
  /** Method and path, such as `GET /api/doors/{id}`. */
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly parameters: readonly Parameter[];
  /** Null when it takes no body. */
  readonly body: { readonly type: string; readonly schema: JsonSchema } | null;
  /** By status; null when an answer of that status has no JSON. */
  readonly answers: ReadonlyMap<number, JsonSchema | null>;
}

interface RawOperation {
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Content };
  readonly responses: Readonly<Record<string, { readonly content?: Content }>>;
}
type Content = Readonly<Record<string, { readonly schema?: JsonSchema }>>;

/** Every operation of the document, in its order. */
export function operationsOf(document: OpenAPIObject): Operation[] {
  const resolve = (schema: JsonSchema | undefined) => resolved(document, schema ?? {});
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods as Record<string, RawOperation>).map(([method, raw]) => {
      const [type, content] = Object.entries(raw.requestBody?.content ?? {})[0] ?? [];
      return {
        name: `${method.toUpperCase()} ${path}`,
        method: method.toUpperCase(),
        path,
        parameters: (raw.parameters ?? []).map((each) => ({ ...each, schema: resolve(each.schema) })),
        body: type === undefined ? null : { type, schema: resolve(content?.schema) },
        answers: new Map(
          Object.entries(raw.responses)
            .filter(([status]) => /^\d{3}$/.test(status))
            .map(([status, { content: answer }]) => {
              const json = answer?.['application/json']?.schema;
              return [Number(status), json === undefined ? null : resolve(json)];
            }),
        ),
      };
    }),
  );
}

/** The schema with what it refers to put in place; no schema of ours refers to itself. */
function resolved(document: OpenAPIObject, schema: JsonSchema): JsonSchema {
  const visit = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(visit);
    // Patterns are read with the flag for Unicode; zod's own reading of them has it not.
    if (typeof value === 'string') return value.replace('\\p{Cc}', '\\u0000-\\u001f\\u007f-\\u009f');
    if (typeof value !== 'object' || value === null) return value;
    if ('$ref' in value) {
      const name = String(value.$ref).split('/').at(-1) ?? '';
      return visit(document.components?.schemas?.[name]);
    }
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, visit(inner)]));
  };
  return visit(schema) as JsonSchema;
}
