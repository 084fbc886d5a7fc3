import {
  cameraSettingsSchema,
  type CameraRequest,
  type CameraSettings,
  type CameraView,
} from '@munjigi/contracts';

/** Camera settings as they are shown: whether there is a password, and never which. */
export function viewOf(settings: CameraSettings): CameraView {
  const { source, ...stream } = settings;
  if (source.kind !== 'rtsp') return { source, ...stream };
  const { password, ...rest } = source;
  return { source: { ...rest, hasPassword: password !== null }, ...stream };
}

/**
 * The settings that somebody asks for. A password that is not named is the one of before, as long as it goes to the same
 * camera for the same user: it must not be sent to whoever somebody names.
 */
export function settingsOf(request: CameraRequest, before: CameraSettings | null): CameraSettings {
  const { source } = request;
  if (source.kind !== 'rtsp' || source.password !== undefined) return cameraSettingsSchema.parse(request);
  const old = before?.source;
  const isSame =
    old?.kind === 'rtsp' &&
    old.address === source.address &&
    old.port === source.port &&
    old.user === source.user;
  const password = isSame ? old.password : null;
  return cameraSettingsSchema.parse({ ...request, source: { ...source, password } });
}
