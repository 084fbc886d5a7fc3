import { createHash } from 'node:crypto';
import { goldenMessage } from '../testing';
import {
  DOOR_PART,
  PART_BYTES,
  STATE_PARTS,
  addToParts,
  differingParts,
  partOf,
  stateText,
  syncDigestSchema,
} from './digest';

const personId = '0198c2f0-7a3b-7c11-8a44-000000000001';
const transformId = '0198c2f0-7a3b-7c11-8a44-000000000009';
const template = {
  id: '0198c2f0-7a3b-7c11-8a44-000000000002',
  ...{ personId, modelId: 'mobilefacenet-192', transformId },
};

function digestOf(things: readonly (readonly [number, string])[]): Uint8Array {
  const parts = new Uint8Array(STATE_PARTS * PART_BYTES);
  for (const [part, text] of things) addToParts(parts, part, createHash('sha256').update(text).digest());
  return parts;
}

const things = [
  [partOf(personId), stateText.person(personId, 'persons-name')],
  [partOf(template.id), stateText.template(template)],
  [DOOR_PART, stateText.transform(transformId)],
  [DOOR_PART, stateText.door('0198c2f0-7a3b-7c11-8a44-000000000003', 'doors-name')],
  [DOOR_PART, stateText.rules('rules-name')],
] as const;

describe('the digest of a door’s state', () => {
  it('is the golden one, in whatever order things are added', () => {
    const golden = syncDigestSchema.parse(goldenMessage('syncDigest')).parts;
    expect(digestOf(things)).toEqual(golden);
    expect(digestOf([...things].reverse())).toEqual(golden);
  });

  it('differs in the parts whose things differ, and in no other', () => {
    const [person, ...others] = things;
    expect(differingParts(digestOf(things), digestOf(things))).toEqual([]);
    expect(differingParts(digestOf(things), digestOf(others))).toEqual([1]);
    const changed = [person[0], stateText.person(personId, 'another-name')] as const;
    expect(differingParts(digestOf(things), digestOf([changed, ...others.slice(0, -1)]))).toEqual([1, 256]);
  });
});
