// @ts-check
import { ask } from './api.mjs';
import { language } from './choices.mjs';
import { h } from './dom.mjs';
import { outcome } from './form.mjs';
import { t } from './words.mjs';

/** @typedef {import('../src/page/page-user.js').PageEvent} PageEvent */
/** @typedef {import('../src/page/page-user.js').PageState} PageState */

/** What happened at the door of late, the newest first; asked for anew when there is more. */
export function eventsPanel() {
  const list = h('ul', { class: 'events' });
  const hint = h('p', { class: 'hint' });
  const said = outcome();
  const format = new Intl.DateTimeFormat(language(), { dateStyle: 'short', timeStyle: 'medium' });
  /** @type {string | null | undefined} */
  let shown;
  const refresh = async () => {
    try {
      const events = /** @type {PageEvent[]} */ (await ask('GET', '/api/events'));
      list.replaceChildren(...events.map((event) => row(event, format)));
      hint.textContent = events.length === 0 ? t('events.none') : t('events.hint', { count: events.length });
      said.clear();
    } catch (error) {
      shown = undefined;
      said.bad(error);
    }
  };
  return {
    element: h('div', { class: 'stack' }, hint, said.element, list),
    /** @param {PageState} state */
    update: ({ lastEventId }) => {
      if (lastEventId === shown) return;
      shown = lastEventId;
      void refresh();
    },
  };
}

/** @param {PageEvent} event @param {Intl.DateTimeFormat} format */
function row({ occurredAt, kind, access }, format) {
  const time = h('time', { dateTime: occurredAt }, format.format(new Date(occurredAt)));
  if (!access) return h('li', {}, time, h('span', {}, t(`event.${kind}`)));
  const { outcome: done, reason, personName, similarity } = access;
  const told =
    similarity === null ? t(`reason.${reason}`) : `${t(`reason.${reason}`)} ${similarity.toFixed(2)}`;
  return h(
    'li',
    {},
    time,
    h('strong', { class: done }, t(`outcome.${done}`)),
    h('span', {}, personName ?? t('events.nobody')),
    h('span', { class: 'hint' }, told),
  );
}
