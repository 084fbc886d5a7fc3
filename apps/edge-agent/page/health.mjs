// @ts-check
import { h, setText } from './dom.mjs';
import { t } from './words.mjs';

/** @typedef {import('../src/page/page-user.js').PageState} PageState */

/** @type {[string, (state: PageState) => string][]} */
const ROWS = [
  ['camera', (state) => state.cameraFault ?? t('health.sees')],
  [
    'rate',
    (state) => t('health.rateIs', { rate: state.framesPerSecond.toFixed(1), dropped: state.framesDropped }),
  ],
  ['decoder', decoderOf],
  ['lock', ({ condition }) => t(`standing.${condition.standing}`)],
  ['hardware', ({ condition }) => condition.hardwareFault ?? t('health.reached')],
  ['server', serverOf],
  ['waiting', (state) => t('health.events', { count: state.eventsWaiting })],
  ['templates', (state) => String(state.templateCount)],
  [
    'threshold',
    ({ threshold }) => `${threshold.similarityMin.toFixed(3)} (${t(`threshold.${threshold.reason}`)})`,
  ],
  ['model', (state) => state.modelId],
  ['memory', (state) => t('health.mib', { size: Math.round(state.memoryBytes / 2 ** 20) })],
  ['uptime', (state) => duration(state.uptimeMs)],
  ['version', (state) => state.agentVersion],
];

/** How the door and its computer are. */
export function healthPanel() {
  const values = ROWS.map(() => h('dd', {}));
  const list = h('dl', { class: 'facts' });
  ROWS.forEach(([name], index) => list.append(h('dt', {}, t(`health.${name}`)), values[index] ?? ''));
  return {
    element: h('div', {}, list),
    /** @param {PageState} state */
    update: (state) => {
      ROWS.forEach(([name, read], index) => {
        const value = values[index];
        if (!value) return;
        setText(value, read(state));
        value.className = isWrong(name, state) ? 'denied' : '';
      });
    },
  };
}

/** @param {string} name @param {PageState} state */
function isWrong(name, { cameraFault, condition, server }) {
  if (name === 'camera') return cameraFault !== null;
  if (name === 'hardware') return condition.hardwareFault !== null;
  return name === 'server' && server.url !== null && !server.isLinked;
}

/** @param {PageState} state */
function decoderOf({ decoder }) {
  if (decoder === null) return t('health.noDecoder');
  if (decoder.isHardware) return t('health.hardwareBy', { name: decoder.name });
  const reasons = decoder.notUsed.map(({ name, why }) => `${name}: ${why}`).join('; ');
  return reasons === '' ? t('health.software') : `${t('health.software')} (${reasons})`;
}

/** @param {PageState} state */
function serverOf({ server }) {
  if (server.url === null) return t('health.alone');
  if (server.refusal) return t('health.refused', { url: server.url, reason: server.refusal });
  return t(server.isLinked ? 'health.linked' : 'health.notLinked', { url: server.url });
}

/** @param {number} ms */
function duration(ms) {
  const minutes = Math.floor(ms / 60_000);
  const parts = {
    days: Math.floor(minutes / 1440),
    hours: Math.floor(minutes / 60) % 24,
    minutes: minutes % 60,
  };
  return t('health.duration', parts);
}
