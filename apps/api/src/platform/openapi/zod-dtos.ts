import type { INestApplication } from '@nestjs/common';
import { MetadataScanner, ModulesContainer } from '@nestjs/core';
import type { z } from 'zod';

/** Where `@ZodResponse` says what a handler answers with; Nest's own name for it is not exported. */
const API_RESPONSE = 'swagger/apiResponse';

/** A DTO class of nestjs-zod. */
interface ZodDto {
  readonly name: string;
  readonly isZodDto: true;
  readonly schema: z.ZodType;
}

/** The schemas of the DTOs that handlers take and answer with, by the names of their classes. */
export function zodDtosOf(app: INestApplication): Map<string, z.ZodType> {
  const found = new Map<string, z.ZodType>();
  for (const module of app.get(ModulesContainer).values()) {
    for (const { metatype } of module.controllers.values()) {
      if (typeof metatype !== 'function') continue;
      const prototype = metatype.prototype as object;
      for (const name of new MetadataScanner().getAllMethodNames(prototype)) {
        for (const type of typesOf(prototype, name)) if (isZodDto(type)) found.set(type.name, type.schema);
      }
    }
  }
  return found;
}

function typesOf(prototype: object, name: string): unknown[] {
  const handler = (prototype as Record<string, object>)[name]!;
  const taken = (Reflect.getMetadata('design:paramtypes', prototype, name) ?? []) as unknown[];
  const answers = (Reflect.getMetadata(API_RESPONSE, handler) ?? {}) as Record<string, { type?: unknown }>;
  return [...taken, ...Object.values(answers).flatMap(({ type }) => type)];
}

function isZodDto(type: unknown): type is ZodDto {
  return typeof type === 'function' && 'isZodDto' in type && 'schema' in type;
}
