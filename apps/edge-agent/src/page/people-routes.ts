import { doorSettingsPatchSchema, instantSchema, personNameSchema, trackIdSchema } from '@munjigi/contracts';
import express, { type Router } from 'express';
import { z } from 'zod';
import { PageError } from './page-error';
import type { PageUser } from './page-user';

const PHOTO_BYTES_MAX = '20mb';

const date = instantSchema.nullable();
const dates = { validFrom: date.default(null), validUntil: date.default(null) };
const flag = z.boolean().default(false);

const fromTrackSchema = z
  .strictObject({ trackId: trackIdSchema, name: personNameSchema, ...dates, isSomebodyElse: flag })
  .refine(isInOrder, { path: ['validUntil'], message: 'must be after the beginning' });

/** The facts that go with a picture are in the address: the body is the picture. */
const fromFileSchema = z
  .strictObject({ name: personNameSchema, ...dates, isSomebodyElse: z.stringbool().default(false) })
  .refine(isInOrder, { path: ['validUntil'], message: 'must be after the beginning' });

const changeSchema = z.strictObject({ name: personNameSchema, validFrom: date, validUntil: date }).partial();
const idSchema = z.object({ id: z.uuid() });

/** The routes of the people who are registered at the door itself, and of how it tells them apart. */
export function peopleRoutes(user: PageUser): Router {
  const router = express.Router();
  const photo = express.raw({ type: () => true, limit: PHOTO_BYTES_MAX });
  const json = express.json({ limit: '16kb' });

  router.get('/people', (_req, res) => void res.json(user.people()));
  router.post('/people/from-track', json, async (req, res) => {
    const { trackId, ...facts } = fromTrackSchema.parse(req.body);
    res.status(201).json(await user.registerTrack(trackId, facts));
  });
  router.post('/people', photo, async (req, res) => {
    const facts = fromFileSchema.parse(req.query);
    res.status(201).json(await user.registerPhoto(pictureOf(req.body), facts));
  });
  router.post('/people/:id/photos', photo, async (req, res) => {
    const { isSomebodyElse } = z
      .strictObject({ isSomebodyElse: z.stringbool().default(false) })
      .parse(req.query);
    await user.addPhoto(idSchema.parse(req.params).id, pictureOf(req.body), isSomebodyElse);
    res.status(204).end();
  });
  router.get('/people/:id/photo', (req, res) => {
    res.type('image/jpeg').send(Buffer.from(user.photoOf(idSchema.parse(req.params).id)));
  });
  router.patch('/people/:id', json, (req, res) => {
    user.changePerson(idSchema.parse(req.params).id, changeSchema.parse(req.body));
    res.status(204).end();
  });
  router.delete('/people/:id', (req, res) => {
    user.removePerson(idSchema.parse(req.params).id);
    res.status(204).end();
  });

  router.get('/settings', (_req, res) => void res.json(user.settings()));
  router.patch('/settings', json, (req, res) => {
    user.changeSettings(doorSettingsPatchSchema.strict().parse(req.body));
    res.json(user.settings());
  });
  return router;
}

function pictureOf(body: unknown): Uint8Array {
  if (Buffer.isBuffer(body) && body.length > 0) return body;
  throw new PageError('photo/unreadable', 'The picture is empty.', { status: 422 });
}

function isInOrder({
  validFrom,
  validUntil,
}: {
  validFrom: string | null;
  validUntil: string | null;
}): boolean {
  return validFrom === null || validUntil === null || Date.parse(validFrom) < Date.parse(validUntil);
}
