// @ts-check
import { ask } from './api.mjs';
import { h, setText } from './dom.mjs';
import { doing, field, outcome } from './form.mjs';
import { t } from './words.mjs';

/** @typedef {import('../src/page/page-user.js').PageState} PageState */

/** The door's server, and how to pair with one. */
export function serverPanel() {
  const standing = h('p', {});
  const key = h('p', { class: 'hint mono' });
  const server = h('input', {
    type: 'url',
    required: true,
    placeholder: 'https://munjigi.example',
    autocomplete: 'off',
    spellcheck: false,
  });
  const code = h('input', {
    type: 'text',
    required: true,
    placeholder: 'abcd-efgh',
    autocomplete: 'off',
    spellcheck: false,
    autocapitalize: 'none',
  });
  const said = outcome();
  const pair = h('button', { class: 'primary' }, t('server.pair'));
  const form = h(
    'form',
    {
      onsubmit: (/** @type {Event} */ event) => {
        event.preventDefault();
        void doing(pair, said, async () => {
          const { doorName } = await ask('POST', '/api/pairing', {
            server: server.value.trim(),
            code: code.value.trim(),
          });
          code.value = '';
          said.good(t('server.paired', { door: doorName }));
        });
      },
    },
    h('h2', {}, t('server.title')),
    h('p', { class: 'hint' }, t('server.hint')),
    field(t('server.address'), server),
    field(t('server.code'), code),
    said.element,
    pair,
  );
  let isFirst = true;
  return {
    element: h('div', { class: 'stack' }, standing, key, form),
    /** @param {PageState} state */
    update: ({ server: told }) => {
      const { url, isLinked, refusal, fingerprint, isFixed } = told;
      if (url === null) setText(standing, t('server.alone'));
      else if (refusal) setText(standing, t('health.refused', { url, reason: refusal }));
      else setText(standing, t(isLinked ? 'health.linked' : 'health.notLinked', { url }));
      setText(key, fingerprint === null ? '' : t('server.key', { fingerprint: fingerprint.slice(0, 16) }));
      if (isFirst && url !== null) server.value = url;
      server.readOnly = isFixed;
      isFirst = false;
    },
  };
}
