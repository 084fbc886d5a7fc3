import type * as z from 'zod';
import * as contracts from '../index';
import accessJson from './golden/access.json';
import accessRulesJson from './golden/access-rules.json';
import administrationJson from './golden/administration.json';
import agentJson from './golden/agent.json';
import auditJson from './golden/audit.json';
import clockJson from './golden/clock.json';
import commandsJson from './golden/commands.json';
import desiredStateJson from './golden/desired-state.json';
import diskJson from './golden/disk.json';
import deadLettersJson from './golden/dead-letters.json';
import doorJson from './golden/door.json';
import doorOutboxJson from './golden/door-outbox.json';
import camerasJson from './golden/cameras.json';
import enrolmentJson from './golden/enrolment.json';
import firstRunJson from './golden/first-run.json';
import floorPlansJson from './golden/floor-plans.json';
import happeningsJson from './golden/happenings.json';
import healthJson from './golden/health.json';
import httpJson from './golden/http.json';
import imagesJson from './golden/images.json';
import jobsJson from './golden/jobs.json';
import overviewJson from './golden/overview.json';
import localPeopleJson from './golden/local-people.json';
import liveJson from './golden/live.json';
import pairingJson from './golden/pairing.json';
import protocolJson from './golden/protocol.json';
import peopleJson from './golden/people.json';
import reportsJson from './golden/reports.json';
import scoresJson from './golden/scores.json';
import secretsJson from './golden/secrets.json';
import webhooksJson from './golden/webhooks.json';
import whereaboutsJson from './golden/whereabouts.json';

/** One message of the wire as it must be accepted for ever within its version. */
export interface GoldenMessage {
  readonly name: string;
  readonly schema: z.ZodType;
  /** The message as a transport hands it over: plain JSON values, with `Uint8Array` where bytes travel. */
  readonly message: unknown;
}

const { answerSchema: _answer, bytesSchema: _bytes, pageSchema: _page, ...schemas } = contracts;

/** A refusal is a message of the schema that its answer has. */
const SCHEMA_OF: Readonly<Record<string, string>> = {
  agentHandshakeOfKey: 'agentHandshakeSchema',
  proveRefusal: 'proveAnswerSchema',
  enrolmentLookWithoutFace: 'enrolmentLookSchema',
  enrolledWithWarnings: 'enrolPhotoResponseSchema',
  enrolTrackConfirmed: 'enrolTrackRequestSchema',
  personToCreate: 'createPersonRequestSchema',
  personChange: 'updatePersonRequestSchema',
  webhookMessageOfAlarm: 'webhookMessageSchema',
  webhookMessageOfDoor: 'webhookMessageSchema',
  helloRefusal: 'helloAnswerSchema',
  eventsPushRefusal: 'eventsPushAnswerSchema',
  doorCommandToIdentify: 'doorCommandMessageSchema',
  doorCommandAnswerRefused: 'doorCommandAnswerSchema',
  doorCommandError: 'doorCommandAnswerSchema',
  doorStateWithCondition: 'doorStateSchema',
  doorStateWithDisk: 'doorStateSchema',
  doorStateWithHealth: 'doorStateSchema',
  eventsPushOfDoor: 'eventsPushSchema',
  captureRefusal: 'captureAnswerSchema',
  helloOfNewerAgent: 'helloSchema',
  helloAnswerOfAgreement: 'helloAnswerSchema',
  helloOfTransformingAgent: 'helloSchema',
  helloAnswerWithTransform: 'helloAnswerSchema',
  syncPullAnswerWithCamera: 'syncPullAnswerSchema',
  syncPullAnswerWithTransform: 'syncPullAnswerSchema',
  syncPullAnswerWithBlock: 'syncPullAnswerSchema',
};

/**
 * Every golden message with its schema; both ends' tests parse them all.
 *
 * @throws when a file names a message that has no schema.
 */
export function goldenMessages(): GoldenMessage[] {
  const files: Record<string, unknown>[] = [
    httpJson,
    auditJson,
    administrationJson,
    agentJson,
    diskJson,
    whereaboutsJson,
    pairingJson,
    protocolJson,
    liveJson,
    localPeopleJson,
    accessJson,
    accessRulesJson,
    desiredStateJson,
    deadLettersJson,
    doorJson,
    clockJson,
    commandsJson,
    doorOutboxJson,
    camerasJson,
    healthJson,
    enrolmentJson,
    firstRunJson,
    floorPlansJson,
    happeningsJson,
    peopleJson,
    scoresJson,
    secretsJson,
    webhooksJson,
    imagesJson,
    jobsJson,
    overviewJson,
    reportsJson,
  ];
  return files.flatMap((file) =>
    Object.entries(file).map(([name, json]) => ({
      name,
      schema: schemaOf(name),
      message: reviveBytes(json),
    })),
  );
}

/** The golden message of that name. @throws when there is none. */
export function goldenMessage(name: string): unknown {
  const found = goldenMessages().find((golden) => golden.name === name);
  if (!found) throw new Error(`There is no golden message named ${name}.`);
  return found.message;
}

function schemaOf(name: string): z.ZodType {
  const key = SCHEMA_OF[name] ?? `${name}Schema`;
  const schema = (schemas as Record<string, unknown>)[key];
  if (!schema) throw new Error(`The golden message ${name} has no schema ${key}.`);
  return schema as z.ZodType;
}

function reviveBytes(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reviveBytes);
  if (typeof value !== 'object' || value === null) return value;
  if ('$bytes' in value) return new Uint8Array(Buffer.from(String(value.$bytes), 'base64'));
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, reviveBytes(inner)]));
}
