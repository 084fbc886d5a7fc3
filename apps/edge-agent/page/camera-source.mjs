// @ts-check
import { h } from './dom.mjs';
import { field, options, tick } from './form.mjs';
import { t } from './words.mjs';

/** @typedef {import('@munjigi/contracts').CameraView['source']} Source */
/** @typedef {{element: HTMLElement, value: () => object}} Fields */

/**
 * The fields of one kind of camera, filled with what it has now where it is of that kind.
 *
 * @param {string} kind
 * @param {Source | null} source
 * @returns {Fields}
 */
export function sourceFields(kind, source) {
  if (kind === 'rtsp') return networkFields(source?.kind === 'rtsp' ? source : null);
  if (kind === 'csi') return connectorFields(source?.kind === 'csi' ? source : null);
  if (kind === 'usb') return usbFields(source?.kind === 'usb' ? source : null);
  return pathFields(kind, source?.kind === kind && 'path' in source && 'loop' in source ? source : null);
}

/** @param {Extract<Source, {kind: 'rtsp'}> | null} source @returns {Fields} */
function networkFields(source) {
  const address = text(source?.address ?? '', { required: true });
  const port = h('input', {
    type: 'number',
    min: '1',
    max: '65535',
    required: true,
    value: String(source?.port ?? 554),
  });
  const path = text(source?.path ?? '');
  const user = text(source?.user ?? '');
  const password = h('input', { type: 'password', autocomplete: 'new-password' });
  const transport = h(
    'select',
    {},
    ...options(['tcp', 'udp'], source?.transport ?? 'tcp', (each) => each.toUpperCase()),
  );
  return {
    element: h(
      'div',
      { class: 'stack' },
      h('div', { class: 'row' }, field(t('camera.address'), address), field(t('camera.port'), port)),
      field(t('camera.url'), path, 'rtsp://address:port/…'),
      h(
        'div',
        { class: 'row' },
        field(t('camera.user'), user),
        field(t('camera.password'), password, source?.hasPassword ? t('camera.kept') : undefined),
      ),
      field(t('camera.transport'), transport),
    ),
    value: () => ({
      ...{ address: address.value.trim(), port: Number(port.value), path: path.value.trim() },
      ...{ transport: transport.value, user: user.value === '' ? null : user.value },
      ...(password.value === '' ? {} : { password: password.value }),
    }),
  };
}

/** @param {Extract<Source, {kind: 'csi'}> | null} source @returns {Fields} */
function connectorFields(source) {
  const sensor = h('input', {
    type: 'number',
    min: '0',
    max: '7',
    required: true,
    value: String(source?.sensor ?? 0),
  });
  const size = sizeFields(source?.resolution);
  return {
    element: h('div', { class: 'stack' }, field(t('camera.sensor'), sensor), size.element),
    value: () => ({ sensor: Number(sensor.value), resolution: size.value() }),
  };
}

/** @param {Extract<Source, {kind: 'usb'}> | null} source @returns {Fields} */
function usbFields(source) {
  const device = text(source?.device ?? '/dev/video0', { required: true });
  const size = sizeFields(source?.resolution);
  return {
    element: h('div', { class: 'stack' }, field(t('camera.device'), device), size.element),
    value: () => ({ device: device.value.trim(), resolution: size.value() }),
  };
}

/** @param {string} kind @param {Extract<Source, {kind: 'file' | 'folder'}> | null} source @returns {Fields} */
function pathFields(kind, source) {
  const path = text(source?.path ?? '', { required: true });
  const loop = h('input', { type: 'checkbox', checked: source?.loop ?? true });
  return {
    element: h(
      'div',
      { class: 'stack' },
      field(t(`camera.${kind}Path`), path, t('camera.pathHint')),
      tick(t('camera.loop'), loop),
    ),
    value: () => ({ path: path.value.trim(), loop: loop.checked }),
  };
}

/** @param {{width: number, height: number}} [size] */
function sizeFields(size = { width: 1280, height: 720 }) {
  const width = h('input', {
    type: 'number',
    min: '160',
    max: '3840',
    step: '4',
    required: true,
    value: String(size.width),
  });
  const height = h('input', {
    type: 'number',
    min: '120',
    max: '2160',
    step: '2',
    required: true,
    value: String(size.height),
  });
  return {
    element: h('div', { class: 'row' }, field(t('camera.width'), width), field(t('camera.height'), height)),
    value: () => ({ width: Number(width.value), height: Number(height.value) }),
  };
}

/** @param {string} value @param {Record<string, unknown>} [more] */
function text(value, more = {}) {
  return h('input', { type: 'text', value, autocomplete: 'off', spellcheck: false, ...more });
}
