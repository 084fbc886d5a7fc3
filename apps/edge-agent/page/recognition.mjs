// @ts-check
import { ask } from './api.mjs';
import { h, setText } from './dom.mjs';
import { doing, field, outcome, tick } from './form.mjs';
import { t } from './words.mjs';

/** @typedef {import('../src/page/page-user.js').PageSettings} PageSettings */

const LIVENESS_DEFAULT = 0.5;

/** How the door tells people apart, and how long it opens for them. */
export function recognitionForm() {
  const element = h('section', { class: 'stack' });
  void ask('GET', '/api/settings').then((told) => element.replaceChildren(form(told)));
  return element;
}

/** @param {PageSettings} told */
function form({ isServers, settings, modelSimilarityMin }) {
  const similarity = h('input', {
    ...{ type: 'range', min: '0.2', max: '0.95', step: '0.005' },
    value: String(settings.similarityMin ?? modelSimilarityMin),
  });
  const own = h('input', { type: 'checkbox', checked: settings.similarityMin === null });
  const shown = h('output', { class: 'hint' });
  const live = h('input', { type: 'checkbox', checked: settings.livenessMin !== null });
  const unlock = h('input', {
    type: 'number',
    min: '0.1',
    max: '600',
    step: '0.1',
    required: true,
    value: String(settings.unlockMs / 1000),
  });
  const show = () => {
    similarity.disabled = own.checked || isServers;
    const value = own.checked ? modelSimilarityMin : Number(similarity.value);
    // Of two vectors of length one: the distance that the threshold is known as elsewhere.
    const distance = Math.sqrt(2 - 2 * value);
    setText(shown, t('recognition.value', { similarity: value.toFixed(3), distance: distance.toFixed(3) }));
  };
  similarity.oninput = show;
  own.onchange = show;
  show();
  const said = outcome();
  const save = h('button', { class: 'primary' }, t('save'));
  const element = h(
    'form',
    {
      onsubmit: (/** @type {Event} */ event) => {
        event.preventDefault();
        void doing(save, said, async () => {
          await ask('PATCH', '/api/settings', {
            similarityMin: own.checked ? null : Number(similarity.value),
            livenessMin: live.checked ? (settings.livenessMin ?? LIVENESS_DEFAULT) : null,
            unlockMs: Math.round(Number(unlock.value) * 1000),
          });
          said.good(t('saved'));
        });
      },
    },
    h('h2', {}, t('recognition.title')),
    field(t('recognition.threshold'), similarity, t('recognition.hint')),
    shown,
    tick(t('recognition.own'), own),
    tick(t('recognition.live'), live),
    field(t('recognition.unlock'), unlock),
    isServers ? h('p', { class: 'hint' }, t('servers')) : null,
    said.element,
    isServers ? null : save,
  );
  if (isServers) for (const input of element.querySelectorAll('input')) input.disabled = true;
  return element;
}
