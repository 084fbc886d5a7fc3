import { cameraRequestSchema, pairingCodeSchema } from '@munjigi/contracts';
import express, { type Router } from 'express';
import { z } from 'zod';
import type { PageUser } from './page-user';

const pairSchema = z.strictObject({
  server: z.url({ protocol: /^https?$/, error: 'must be an http or https address' }).max(500),
  code: pairingCodeSchema,
});

/** The routes of the door's wires, its camera and its server. */
export function deviceRoutes(user: PageUser): Router {
  const router = express.Router();
  const json = express.json({ limit: '16kb' });
  router.post('/door/unlock', (_req, res) => {
    user.unlock();
    res.status(204).end();
  });
  router.get('/camera', (_req, res) => void res.json(user.camera()));
  router.put('/camera', json, (req, res) => {
    user.setCamera(cameraRequestSchema.parse(req.body));
    res.json(user.camera());
  });
  router.post('/pairing', json, async (req, res) => {
    const { server, code } = pairSchema.parse(req.body);
    res.json(await user.pair(server, code));
  });
  return router;
}
