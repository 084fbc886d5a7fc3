// @ts-check
import { ask } from './api.mjs';
import { h, setText } from './dom.mjs';
import { doing, options, outcome } from './form.mjs';
import { t } from './words.mjs';

/** @typedef {import('../src/page/page-user.js').PageSettings} PageSettings */
/** @typedef {import('../src/page/page-user.js').PageState} PageState */

const INPUTS = /** @type {const} */ (['position', 'rex', 'tamper', 'bolt', 'fire']);
const WIRINGS = ['none', 'normally-open', 'normally-closed'];

/** To try the door out: its lock, and what its contacts say. */
export function doorPanel() {
  const said = outcome();
  const standing = h('strong', {});
  const unlock = h('button', { class: 'primary' }, t('door.unlock'));
  unlock.onclick = () =>
    doing(unlock, said, async () => {
      await ask('POST', '/api/door/unlock');
      said.good(t('door.unlocked'));
    });
  const lamps = new Map(INPUTS.map((name) => [name, h('span', { class: 'chip' })]));
  const table = h('tbody', {});
  void ask('GET', '/api/settings').then((told) => table.append(...inputRows(told, lamps, said)));
  return {
    element: h(
      'div',
      { class: 'stack' },
      h('p', {}, `${t('health.lock')}: `, standing),
      h('div', { class: 'row' }, unlock),
      said.element,
      h('h2', {}, t('door.inputs')),
      h(
        'table',
        {},
        h(
          'thead',
          {},
          h(
            'tr',
            {},
            ...['input', 'wiring', 'now'].map((name) => h('th', { scope: 'col' }, t(`door.${name}`))),
          ),
        ),
        table,
      ),
    ),
    /** @param {PageState} state */
    update: ({ condition, inputs }) => {
      setText(standing, t(`standing.${condition.standing}`));
      for (const [name, lamp] of lamps) {
        const isActive = inputs[name] ?? null;
        setText(lamp, t(isActive === null ? 'door.unknown' : `door.${name}.${isActive}`));
        lamp.dataset.tone = isActive ? 'caution' : 'plain';
      }
    },
  };
}

/** @param {PageSettings} told @param {Map<(typeof INPUTS)[number], HTMLElement>} lamps @param {ReturnType<typeof outcome>} said */
function inputRows({ isServers, settings }, lamps, said) {
  const inputs = { ...settings.inputs };
  return INPUTS.map((name) => {
    const wiring = h(
      'select',
      { 'aria-label': t('door.wiringOf', { input: t(`door.${name}`) }), disabled: isServers },
      ...options(WIRINGS, inputs[name] ?? 'none', (each) => t(`door.${each}`)),
    );
    wiring.onchange = async () => {
      inputs[name] = wiring.value === 'none' ? null : /** @type {'normally-open'} */ (wiring.value);
      try {
        await ask('PATCH', '/api/settings', { inputs });
        said.good(t('saved'));
      } catch (error) {
        said.bad(error);
      }
    };
    return h(
      'tr',
      {},
      h('th', { scope: 'row' }, t(`door.${name}`)),
      h('td', {}, wiring),
      h('td', {}, lamps.get(name) ?? ''),
    );
  });
}
