import * as contracts from './index';
import * as primitives from './primitives';
import { goldenMessage, goldenMessages } from './testing';

/** Parts of messages, refusals and other schemas that never travel alone; those of `primitives/` need no mention. */
const NOT_MESSAGES = new Set([
  'administratorStatusSchema',
  'agentDoorEventSchema',
  'agentEventSchema',
  'agentRefusalSchema',
  'agentTokenSchema',
  'answerSchema',
  'auditActorKindSchema',
  'auditKeySchema',
  'auditReasonSchema',
  'bulkActionSchema',
  'changeSchema',
  'customFieldTypeSchema',
  'deadLetterReasonSchema',
  'deadLetterSchema',
  'deadLetterStateSchema',
  'doorDeviceSchema',
  'enrolledFaceSchema',
  'enrolmentRefusalSchema',
  'erasureDoorSchema',
  'eventsPushEnvelopeSchema',
  'expectedRatesSchema',
  'floorPlanPlaceSchema',
  'imageStandingSchema',
  'importFateSchema',
  'importMappingSchema',
  'importProblemSchema',
  'importStateSchema',
  'importTableSchema',
  'jobProgressSchema',
  'levelDoorsSchema',
  'liveRefusalSchema',
  'localPersonSchema',
  'lookAlikeSchema',
  'masterKeySchema',
  'movedSchema',
  'notTheSamePersonSchema',
  'overviewDaySchema',
  'pardonedSchema',
  'peopleSortSchema',
  'previewFaceSchema',
  'protocolRangeSchema',
  'pushedEventSchema',
  'rateWithIntervalSchema',
  'reportColumnSchema',
  'reportDeliverySchema',
  'reportTimingSchema',
  'retentionRuleSchema',
  'roleGrantSchema',
  'signInSessionSchema',
  'socketErrorSchema',
  'templateSchema',
  'templateTransformSchema',
  'thresholdReasonSchema',
  'unmetRiskSchema',
  'usualCountSchema',
  'versionSchema',
  'visitRecurrenceSchema',
  'webhookAttemptSchema',
  'webhookUrlSchema',
  'weekdaySchema',
]);

describe('golden messages', () => {
  it.each(goldenMessages().map((golden) => [golden.name, golden] as const))(
    '%s fits its schema',
    (_, golden) => {
      const result = golden.schema.safeParse(golden.message);
      expect(result.error?.issues ?? []).toEqual([]);
    },
  );

  it('cover every message schema', () => {
    const covered = new Set(goldenMessages().map((golden) => golden.schema));
    const missing = Object.entries(contracts)
      .filter(([name]) => name.endsWith('Schema') && !NOT_MESSAGES.has(name) && !(name in primitives))
      .filter(([, schema]) => !covered.has(schema as never))
      .map(([name]) => name);
    expect(missing).toEqual([]);
  });

  it('survive being parsed and parsed again', () => {
    for (const { schema, message } of goldenMessages()) {
      const once = schema.parse(message);
      expect(schema.parse(once)).toEqual(once);
    }
  });
});

describe('schemas', () => {
  it('give every door setting its default', () => {
    expect(contracts.doorSettingsSchema.parse({})).toEqual({
      similarityMin: null,
      fpirMax: null,
      marginMin: 0.05,
      faceSizeMinPx: 80,
      framesToDecide: 3,
      livenessMin: null,
      eventPictures: 'none',
      unknownFacePictures: false,
      revisitPauseMs: 10_000,
      unlockMs: 5_000,
      extendedUnlockMs: 15_000,
      heldOpenMs: 30_000,
      extendedHeldOpenMs: 60_000,
      heldOpenWarningMs: 10_000,
      relockOnClose: true,
      relockDelayMs: 0,
      rexUnlockMs: 5_000,
      inputs: { position: null, rex: null, tamper: null, bolt: null, fire: null },
      inputDebounceMs: 30,
    });
  });

  it('leave settings that a patch does not name unnamed', () => {
    expect(contracts.updateDoorRequestSchema.parse({ settings: { unlockMs: 3000 } })).toEqual({
      settings: { unlockMs: 3000 },
    });
  });

  it.each([
    ['a sequence of zero', 'eventsPush', 'events.0.sequence', 0],
    ['an unknown outcome', 'eventsPush', 'events.0.outcome', 'perhaps'],
    ['a similarity over one', 'eventsPush', 'events.0.similarity', 1.01],
    ['a time without a zone', 'eventsPush', 'events.0.occurredAt', '2026-10-01T09:30:00'],
    ['an empty batch', 'eventsPush', 'events', []],
    ['text where bytes belong', 'previewFrame', 'jpeg', 'ffd8'],
    ['another protocol version', 'hello', 'v', 2],
    ['a name of blanks', 'createPersonRequest', 'name', '   '],
    ['a telephone number of letters', 'personToCreate', 'phone', 'call me'],
    ['more groups than a person may have', 'personToCreate', 'groupIds', groupIds(17)],
    ['a custom field with a bad key', 'personToCreate', 'customFields', { 'Not a key': 1 }],
    ['an unknown status', 'personChange', 'status', 'gone'],
    ['choices of a field that has none', 'putCustomFieldRequest', 'type', 'text'],
    ['a visit that ends before it begins', 'createVisitorRequest', 'until', '2026-01-01T00:00:00Z'],
    ['hours that end before they begin', 'createVisitorRequest', 'recurrence.to', '07:00'],
    ['nobody to change', 'bulkPeopleRequest', 'personIds', []],
    ['a name with a line break', 'createPersonRequest', 'name', 'Kim\nMinji'],
    ['a liveness that nothing reaches', 'updateDoorRequest', 'settings.livenessMin', 1],
    ['a risk of nothing', 'updateDoorRequest', 'settings.fpirMax', 0],
    ['a risk of more than a tenth', 'updateDoorRequest', 'settings.fpirMax', 0.11],
    ['an expected rate over one', 'doorRisk', 'inForce.expected.fpir.high', 1.1],
    ['fewer landmarks than five', 'enrolPhotoResponse', 'face.landmarks', [{ x: 1, y: 1 }]],
  ])('refuse %s', (_, name, path, value) => {
    const golden = goldenMessages().find((candidate) => candidate.name === name)!;
    expect(golden.schema.safeParse(golden.message).success).toBe(true);
    expect(golden.schema.safeParse(withValueAt(golden.message, path.split('.'), value)).success).toBe(false);
  });

  it('read the settings of a server that knows no risk, and keep one that is set beside a threshold by hand', () => {
    const { fpirMax: _fpirMax, ...older } = contracts.doorSettingsSchema.parse({ similarityMin: 0.62 });
    expect(contracts.doorSettingsSchema.parse(older)).toMatchObject({ similarityMin: 0.62, fpirMax: null });
    expect(contracts.doorSettingsSchema.parse({ ...older, fpirMax: 0.001 })).toMatchObject({
      similarityMin: 0.62,
      fpirMax: 0.001,
    });
  });

  it('read a person of a server that knows only their name', () => {
    const { id, name, templates, portraitUrl, createdAt, updatedAt } = goldenMessage(
      'person',
    ) as contracts.Person;
    const older = { id, name, templates, portraitUrl, createdAt, updatedAt };
    expect(contracts.personSchema.parse(older)).toMatchObject({ status: 'active', siteId: null, version: 1 });
  });

  it('read a threshold of an address as a number', () => {
    expect(contracts.doorRiskQuerySchema.parse({ similarityMin: '0.62' })).toEqual({ similarityMin: 0.62 });
    expect(contracts.doorRiskQuerySchema.safeParse({ similarityMin: 'high' }).success).toBe(false);
  });

  it('read the bytes that a browser is handed as an ArrayBuffer', () => {
    const { buffer } = Uint8Array.of(1, 2, 3);
    expect(contracts.bytesSchema(3).parse(buffer)).toEqual(Uint8Array.of(1, 2, 3));
    expect(contracts.bytesSchema(2).safeParse(buffer).success).toBe(false);
  });

  it('lower the case of an e-mail address', () => {
    const login = goldenMessage('loginRequest') as { email: string };
    expect(contracts.loginRequestSchema.parse({ ...login, email: 'Admin@Example.COM' }).email).toBe(
      'admin@example.com',
    );
  });
});

function withValueAt(message: unknown, [key, ...rest]: string[], value: unknown): unknown {
  if (key === undefined) return value;
  const copy = (Array.isArray(message) ? [...(message as unknown[])] : { ...(message as object) }) as Record<
    string,
    unknown
  >;
  if (!(key in copy)) throw new Error(`The golden message has no ${key}.`);
  copy[key] = withValueAt(copy[key], rest, value);
  return copy;
}

function groupIds(length: number): string[] {
  return Array.from({ length }, () => '0198c2f0-7a3b-7c11-8a44-000000000031');
}
