import {
  type AccessEvent,
  type Door,
  type DoorPairingCode,
  type DoorSettingsPatch,
  type DoorWithToken,
  doorListSchema,
  doorPairingCodeSchema,
  doorWithTokenSchema,
  type EnrolPhotoResponse,
  enrolPhotoResponseSchema,
  eventsPageSchema,
  type Keys,
  type Person,
  type PrivacySettings,
  keysSchema,
  type PersonDoors,
  type UpdatePersonRequest,
  peoplePageSchema,
  personDoorsSchema,
  personSchema,
  problemSchema,
} from '@munjigi/contracts';
import type { z } from 'zod';

/** A refusal of the server, in its own words. */
export class ApiRefusal extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
    this.name = 'ApiRefusal';
  }
}

/** The server's REST interface, as a script of a user would call it. */
export class ApiClient {
  private cookie = '';

  constructor(readonly baseUrl: string) {}

  /** The session cookie, for a socket's handshake. */
  get sessionCookie(): string {
    return this.cookie;
  }

  /** Whether the server takes requests now. */
  async isReady(): Promise<boolean> {
    const response = await fetch(`${this.baseUrl}/api/health/ready`).catch(() => undefined);
    await response?.arrayBuffer();
    return response?.status === 200;
  }

  /** Signs in; later calls are made in that session. @throws {ApiRefusal} */
  async login(email: string, password: string): Promise<void> {
    const response = await this.send('POST', '/api/auth/login', { email, password });
    this.cookie = response.headers
      .getSetCookie()
      .map((cookie) => cookie.split(';')[0])
      .join('; ');
  }

  async doors(): Promise<Door[]> {
    return (await this.json(doorListSchema, 'GET', '/api/doors')).items;
  }

  createDoor(name: string, settings: DoorSettingsPatch): Promise<DoorWithToken> {
    return this.json(doorWithTokenSchema, 'POST', '/api/doors', { name, settings });
  }

  /** Makes a one-time code that a door's device pairs with. */
  pairingCode(doorId: string): Promise<DoorPairingCode> {
    return this.json(doorPairingCodeSchema, 'POST', `/api/doors/${doorId}/pairing-code`);
  }

  /** Makes a new token for a door's agent; the old one ends. */
  renewAgentToken(doorId: string): Promise<DoorWithToken> {
    return this.json(doorWithTokenSchema, 'POST', `/api/doors/${doorId}/agent-token`);
  }

  /** Unlocks a door once, as an operator. @throws {ApiRefusal} when the door refused, or did not answer */
  async unlockDoor(doorId: string, reason: string): Promise<void> {
    await this.send('POST', `/api/doors/${doorId}/unlock`, { reason });
  }

  async people(search?: string): Promise<Person[]> {
    const query = search ? `?${new URLSearchParams({ search }).toString()}` : '';
    return (await this.json(peoplePageSchema, 'GET', `/api/people${query}`)).items;
  }

  createPerson(name: string): Promise<Person> {
    return this.json(personSchema, 'POST', '/api/people', { name });
  }

  updatePerson(personId: string, changes: UpdatePersonRequest): Promise<Person> {
    return this.json(personSchema, 'PATCH', `/api/people/${personId}`, changes);
  }

  /** Which doors have confirmed what was last changed of a person. */
  personDoors(personId: string): Promise<PersonDoors> {
    return this.json(personDoorsSchema, 'GET', `/api/people/${personId}/doors`);
  }

  async deletePerson(personId: string): Promise<void> {
    await this.send('DELETE', `/api/people/${personId}`);
  }

  /** The master keys and transforms, by name. */
  keys(): Promise<Keys> {
    return this.json(keysSchema, 'GET', '/api/keys');
  }

  /** Begins to change the master key. @throws {ApiRefusal} with a code `keys/...` */
  rotateKeys(): Promise<Keys> {
    return this.json(keysSchema, 'POST', '/api/keys/rotations');
  }

  /** Begins to renew the transform of templates. @throws {ApiRefusal} with a code `keys/...` */
  renewTransform(): Promise<Keys> {
    return this.json(keysSchema, 'POST', '/api/keys/renewals');
  }

  /** Sets whether consent must be recorded before a template may exist. */
  async setPrivacy(settings: PrivacySettings): Promise<void> {
    await this.send('PUT', '/api/settings/privacy', settings);
  }

  /** Enrols the one face of a photo. @throws {ApiRefusal} with a code `enrolment/...` */
  enrolPhoto(personId: string, photo: Uint8Array, fileName: string): Promise<EnrolPhotoResponse> {
    const form = new FormData();
    form.set('photo', new Blob([photo.slice()]), fileName);
    return this.json(enrolPhotoResponseSchema, 'POST', `/api/people/${personId}/photos`, form);
  }

  /** The newest events first, all pages up to `most`. */
  async events(query: Record<string, string> = {}, most = 1000): Promise<AccessEvent[]> {
    const events: AccessEvent[] = [];
    let cursor: string | null = null;
    do {
      const parameters = new URLSearchParams({ limit: '200', ...query, ...(cursor ? { cursor } : {}) });
      const page: z.infer<typeof eventsPageSchema> = await this.json(
        eventsPageSchema,
        'GET',
        `/api/events?${parameters.toString()}`,
      );
      events.push(...page.items);
      cursor = page.nextCursor;
    } while (cursor && events.length < most);
    return events;
  }

  /** Any request of ours, its answer unchecked. @throws {ApiRefusal} */
  async call(method: string, path: string, body?: Record<string, unknown>): Promise<unknown> {
    const text = await (await this.send(method, path, body)).text();
    return text === '' ? undefined : (JSON.parse(text) as unknown);
  }

  private async json<T extends z.ZodType>(
    schema: T,
    method: string,
    path: string,
    body?: FormData | Record<string, unknown>,
  ): Promise<z.infer<T>> {
    return schema.parse(await (await this.send(method, path, body)).json());
  }

  private async send(
    method: string,
    path: string,
    body?: FormData | Record<string, unknown>,
  ): Promise<Response> {
    const headers = new Headers({ accept: 'application/json' });
    if (this.cookie) headers.set('cookie', this.cookie);
    if (body && !(body instanceof FormData)) headers.set('content-type', 'application/json');
    const payload = body instanceof FormData ? body : body && JSON.stringify(body);
    const response = await fetch(this.baseUrl + path, { method, headers, body: payload });
    if (response.ok) return response;
    const problem = problemSchema.safeParse(await response.json().catch(() => undefined)).data;
    throw new ApiRefusal(
      response.status,
      problem?.code ?? 'http/refused',
      [problem?.title ?? `${method} ${path} answered ${response.status}.`, problem?.detail]
        .filter(Boolean)
        .join(' '),
    );
  }
}
