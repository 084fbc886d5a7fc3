import { RequestMethod, type INestApplication } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA, ROUTE_ARGS_METADATA } from '@nestjs/common/constants';
import { MetadataScanner, ModulesContainer } from '@nestjs/core';
import { RouteParamtypes } from '@nestjs/common/enums/route-paramtypes.enum';
import { GATEWAY_METADATA, MESSAGE_MAPPING_METADATA, MESSAGE_METADATA } from '@nestjs/websockets/constants';
import { goldenMessages } from '@munjigi/contracts/testing';
import { PUBLIC } from '../../platform/auth/public.decorator';
import {
  RECENT_SIGN_IN,
  REQUIRES,
  SESSION_ALONE,
  SESSION_OR_TOKEN,
} from '../../platform/auth/requires.decorator';

/** A handler of a controller, and who it lets in. */
export interface Route {
  /** Method and path, such as `GET /api/doors/:id`. */
  readonly name: string;
  readonly method: string;
  readonly path: string;
  /** Names of the parameters in the path. */
  readonly parameters: readonly string[];
  /** A permission, or what stands for a session; undefined when it says nothing. */
  readonly required: string | undefined;
  readonly isPublic: boolean;
  readonly isRecent: boolean;
  /** A body that the route takes, if it takes JSON. */
  readonly json: unknown;
}

/** A handler of a gateway, and who it lets in. */
export interface Message {
  readonly gateway: string;
  readonly namespace: string;
  readonly name: string;
  readonly required: string | undefined;
}

/** Whether a route wants somebody with a permission, not just somebody. */
export function wantsPermission({ required }: Route): boolean {
  return required !== undefined && required !== SESSION_ALONE && required !== SESSION_OR_TOKEN;
}

/** Every handler of every controller, from Nest's own metadata. */
export function findRoutes(app: INestApplication): Route[] {
  return instances(app).flatMap(({ instance, metatype }) => {
    const base: unknown = metatype && Reflect.getMetadata(PATH_METADATA, metatype);
    if (typeof base !== 'string' || !metatype) return [];
    return methodsOf(instance).flatMap(({ handler, name }) => routeOf(metatype, base, handler, name));
  });
}

/** Every handler of every gateway. */
export function findMessages(app: INestApplication): Message[] {
  return gateways(app).flatMap(({ instance, metatype }) => {
    const { namespace } = Reflect.getMetadata('websockets:gateway_options', metatype) as {
      namespace: string;
    };
    return methodsOf(instance)
      .filter(({ handler }) => Reflect.getMetadata(MESSAGE_MAPPING_METADATA, handler) === true)
      .map(({ handler }) => ({
        gateway: metatype.name,
        namespace,
        name: Reflect.getMetadata(MESSAGE_METADATA, handler) as string,
        required: Reflect.getMetadata(REQUIRES, handler) as string | undefined,
      }));
  });
}

/** Every gateway with its class. */
export function gateways(app: INestApplication): { instance: unknown; metatype: { name: string } }[] {
  return instances(app).flatMap(({ instance, metatype }) =>
    metatype && Reflect.getMetadata(GATEWAY_METADATA, metatype) !== undefined
      ? [{ instance, metatype: metatype }]
      : [],
  );
}

/** The path with values for its parameters. @throws when one is missing */
export function fill(route: Route, values: Readonly<Record<string, string>>): string {
  return route.path.replace(/:(\w+)/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`${route.name} needs a value for ${name}`);
    return value;
  });
}

function routeOf(metatype: object, base: string, handler: object, name: string): Route[] {
  const path: unknown = Reflect.getMetadata(PATH_METADATA, handler);
  const methodIndex: unknown = Reflect.getMetadata(METHOD_METADATA, handler);
  if (typeof path !== 'string' || typeof methodIndex !== 'number') return [];
  const full = `/api/${base}/${path}`.replace(/\/+/g, '/').replace(/(.)\/$/, '$1');
  const method = RequestMethod[methodIndex] ?? '';
  const isMarked = (key: string) =>
    Reflect.getMetadata(key, handler) === true || Reflect.getMetadata(key, metatype) === true;
  return [
    {
      name: `${method} ${full}`,
      ...{ method, path: full },
      parameters: [...full.matchAll(/:(\w+)/g)].map(([, parameter]) => parameter ?? ''),
      required: Reflect.getMetadata(REQUIRES, handler) as string | undefined,
      isPublic: isMarked(PUBLIC),
      isRecent: isMarked(RECENT_SIGN_IN),
      json: bodyOf(metatype, name),
    },
  ];
}

/** The golden message of a handler's body, found by the schema of its DTO. */
function bodyOf(metatype: object, name: string): unknown {
  const places = (Reflect.getMetadata(ROUTE_ARGS_METADATA, metatype, name) ?? {}) as Record<
    string,
    { index: number }
  >;
  const place = Object.entries(places).find(([key]) => key.startsWith(`${RouteParamtypes.BODY}:`))?.[1];
  const { prototype } = metatype as { prototype: object };
  const types = Reflect.getMetadata('design:paramtypes', prototype, name) as
    { schema?: unknown }[] | undefined;
  const schema = place && types?.[place.index]?.schema;
  return schema && goldenMessages().find((golden) => golden.schema === schema)?.message;
}

function instances(app: INestApplication) {
  return [...app.get(ModulesContainer).values()].flatMap((module) => [
    ...module.controllers.values(),
    ...module.providers.values(),
  ]);
}

function methodsOf(instance: unknown): { name: string; handler: object }[] {
  if (typeof instance !== 'object' || instance === null) return [];
  const prototype = Object.getPrototypeOf(instance) as object;
  return new MetadataScanner().getAllMethodNames(prototype).flatMap((name) => {
    const handler: unknown = Object.getOwnPropertyDescriptor(prototype, name)?.value;
    return typeof handler === 'function' ? [{ name, handler }] : [];
  });
}
