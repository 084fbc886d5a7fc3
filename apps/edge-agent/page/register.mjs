// @ts-check
import { ask, Refusal } from './api.mjs';
import { datesFields } from './dates.mjs';
import { h } from './dom.mjs';
import { doing, field, outcome } from './form.mjs';
import { t } from './words.mjs';

/** @typedef {{name: string, validFrom: string | null, validUntil: string | null, isSomebodyElse: boolean}} Facts */

/**
 * The form that registers one face.
 *
 * @param {{title: string, picture: HTMLElement | null, more?: HTMLElement[], send: (facts: Facts) => Promise<unknown>, onDone: () => void, onCancel: () => void, waits: boolean}} options
 */
export function registerForm({ title, picture, more = [], send, onDone, onCancel, waits }) {
  const name = h('input', { type: 'text', required: true, maxLength: 200, autocomplete: 'off' });
  const dates = datesFields();
  const said = outcome();
  const register = h('button', { class: 'primary' }, t('register.button'));
  const anyway = h(
    'button',
    { type: 'button', hidden: true, onclick: () => submit(true) },
    t('register.anyway'),
  );
  /** @param {boolean} isSomebodyElse */
  const submit = (isSomebodyElse) =>
    doing(register, said, async () => {
      anyway.hidden = true;
      try {
        await send({ name: name.value.trim(), ...dates.value(), isSomebodyElse });
      } catch (error) {
        if (!(error instanceof Refusal) || error.code !== 'person/alike') throw error;
        anyway.hidden = false;
        throw new Error(t('register.alike', { name: String(error.facts['name']) }), { cause: error });
      }
      onDone();
    });
  const form = h(
    'form',
    {
      class: 'card register',
      onsubmit: (/** @type {Event} */ event) => {
        event.preventDefault();
        void submit(false);
      },
    },
    h('div', { class: 'who' }, picture, h('h2', {}, title)),
    ...more,
    field(t('people.name'), name),
    dates.element,
    waits ? h('p', { class: 'hint' }, t('register.waits')) : null,
    said.element,
    h(
      'div',
      { class: 'row' },
      register,
      anyway,
      h('button', { type: 'button', onclick: onCancel }, t('cancel')),
    ),
  );
  return { element: form, focus: () => name.focus() };
}

/**
 * Registers a face of the live picture.
 *
 * @param {string} trackId
 * @param {Facts} facts
 */
export function registerTrack(trackId, facts) {
  return ask('POST', '/api/people/from-track', { trackId, ...facts });
}

/** Registers the face of a file. @param {Blob} file @param {Facts} facts */
export function registerFile(file, { name, validFrom, validUntil, isSomebodyElse }) {
  const query = new URLSearchParams({ name, isSomebodyElse: String(isSomebodyElse) });
  if (validFrom !== null) query.set('validFrom', validFrom);
  if (validUntil !== null) query.set('validUntil', validUntil);
  return ask('POST', `/api/people?${query}`, file);
}
