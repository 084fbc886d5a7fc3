import * as z from 'zod';
import { cameraRequestSchema, cameraViewSchema } from '../primitives/camera-settings';

/** `GET` and `PUT /api/doors/{id}/camera`. Null: the door's own configuration says which. */
export const doorCameraSchema = z.object({ camera: cameraViewSchema.nullable() });

/** `PUT /api/doors/{id}/camera` */
export const setDoorCameraRequestSchema = z.object({ camera: cameraRequestSchema.nullable() });

export type DoorCamera = z.infer<typeof doorCameraSchema>;
export type SetDoorCameraRequest = z.infer<typeof setDoorCameraRequestSchema>;
