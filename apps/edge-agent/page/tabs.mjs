// @ts-check
import { h } from './dom.mjs';
import { t } from './words.mjs';

/** @typedef {{name: string, label: string, element: HTMLElement}} Panel */

/** Panels of which one is shown, as the ARIA pattern for tabs has it. @param {Panel[]} panels */
export function tabs(panels) {
  const buttons = panels.map(({ name, label }, index) =>
    h(
      'button',
      {
        ...{ role: 'tab', id: `tab-${name}`, 'aria-controls': `panel-${name}`, type: 'button' },
        onclick: () => select(index),
        onkeydown: (/** @type {KeyboardEvent} */ event) => move(event, index),
      },
      label,
    ),
  );
  const shown = panels.map(({ name, element }) =>
    h(
      'div',
      { role: 'tabpanel', id: `panel-${name}`, 'aria-labelledby': `tab-${name}`, tabIndex: 0 },
      element,
    ),
  );
  /** @param {number} chosen */
  const select = (chosen) => {
    buttons.forEach((button, index) => {
      button.setAttribute('aria-selected', String(index === chosen));
      button.tabIndex = index === chosen ? 0 : -1;
    });
    shown.forEach((panel, index) => (panel.hidden = index !== chosen));
  };
  /** @param {KeyboardEvent} event @param {number} from */
  const move = (event, from) => {
    const steps = /** @type {Record<string, number>} */ ({
      ArrowRight: from + 1,
      ArrowLeft: from - 1,
      Home: 0,
      End: -1,
    });
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const to = (step + buttons.length) % buttons.length;
    select(to);
    buttons[to]?.focus();
  };
  select(0);
  return h(
    'section',
    { class: 'panels' },
    h('div', { role: 'tablist', 'aria-label': t('tab.all') }, ...buttons),
    ...shown,
  );
}
