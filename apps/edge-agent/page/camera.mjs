// @ts-check
import { ask } from './api.mjs';
import { h, setText } from './dom.mjs';
import { doing, field, options, outcome, tick } from './form.mjs';
import { sourceFields } from './camera-source.mjs';
import { t } from './words.mjs';

/** @typedef {import('../src/page/page-user.js').PageCamera} PageCamera */
/** @typedef {import('../src/page/page-user.js').PageState} PageState */

const KINDS = ['usb', 'csi', 'rtsp', 'file', 'folder'];
const VIEW_SIZES = ['320x240', '640x360', '704x480', '960x540', '1280x720', '1600x900'];

/** Where the pictures come from, and how they are taken. */
export function cameraPanel() {
  const element = h('div', {});
  const fault = h('p', { class: 'said denied', role: 'status' });
  const show = async () => {
    const told = /** @type {PageCamera} */ (await ask('GET', '/api/camera'));
    element.replaceChildren(form(told));
  };
  void show();
  return {
    element: h('div', { class: 'stack' }, fault, element),
    /** @param {PageState} state */
    update: ({ cameraFault }) => setText(fault, cameraFault ?? ''),
  };
}

/** @param {PageCamera} told */
function form({ isServers, settings }) {
  const source = settings?.source ?? null;
  const kind = h('select', {}, ...options(KINDS, source?.kind ?? 'usb', (each) => t(`camera.${each}`)));
  const place = h('div', { class: 'stack' });
  let fields = sourceFields(kind.value, source);
  place.append(fields.element);
  kind.onchange = () => {
    fields = sourceFields(kind.value, source);
    place.replaceChildren(fields.element);
  };
  const rate = number({ min: 1, max: 30, step: 'any', value: settings?.framesPerSecondMax ?? 10 });
  const view = h(
    'select',
    {},
    ...options(VIEW_SIZES, settings?.viewSize ?? '960x540', (size) => size.replace('x', ' × ')),
  );
  const resize = h('input', { type: 'checkbox', checked: Boolean(settings?.dnnResize) });
  const width = number({ min: 160, max: 3840, step: 4, value: settings?.dnnResize?.width ?? 640 });
  const height = number({ min: 120, max: 2160, step: 2, value: settings?.dnnResize?.height ?? 360 });
  const size = h('div', { class: 'row' }, field(t('camera.width'), width), field(t('camera.height'), height));
  const showSize = () => (size.hidden = !resize.checked);
  resize.onchange = showSize;
  showSize();
  const frozen = h('input', { type: 'checkbox', checked: settings?.noticeFrozen ?? true });
  const said = outcome();
  const save = h('button', { class: 'primary' }, t('save'));
  const send = () =>
    doing(save, said, async () => {
      await ask('PUT', '/api/camera', {
        source: { kind: kind.value, ...fields.value() },
        framesPerSecondMax: Number(rate.value),
        viewSize: view.value,
        dnnResize: resize.checked ? { width: Number(width.value), height: Number(height.value) } : null,
        noticeFrozen: frozen.checked,
      });
      said.good(t('camera.saved'));
    });
  const element = h(
    'form',
    {
      onsubmit: (/** @type {Event} */ event) => {
        event.preventDefault();
        void send();
      },
    },
    field(t('camera.source'), kind),
    place,
    h('div', { class: 'row' }, field(t('camera.rate'), rate), field(t('camera.view'), view)),
    tick(t('camera.resize'), resize),
    size,
    tick(t('camera.frozen'), frozen),
    isServers ? h('p', { class: 'hint' }, t('servers')) : null,
    said.element,
    isServers ? null : save,
  );
  if (isServers)
    for (const input of element.querySelectorAll('input, select')) input.setAttribute('disabled', '');
  return element;
}

/** @param {{min: number, max: number, step: number | string, value: number}} bounds */
function number({ min, max, step, value }) {
  return h('input', {
    ...{ type: 'number', required: true, inputmode: 'decimal' },
    ...{ min: String(min), max: String(max), step: String(step), value: String(value) },
  });
}
