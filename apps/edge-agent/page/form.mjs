// @ts-check
import { h } from './dom.mjs';
import { t } from './words.mjs';

let made = 0;

/**
 * A control under its label, with a hint where it needs one.
 *
 * @template {HTMLElement} C
 * @param {string} label
 * @param {C} control
 * @param {string} [hint]
 */
export function field(label, control, hint) {
  made += 1;
  control.id = `field-${made}`;
  const told = hint === undefined ? null : h('span', { class: 'hint', id: `hint-${made}` }, hint);
  if (told) control.setAttribute('aria-describedby', told.id);
  return h('div', { class: 'field' }, h('label', { htmlFor: control.id }, label), control, told);
}

/** A box to tick, before its label. @param {string} label @param {HTMLInputElement} control */
export function tick(label, control) {
  return h('label', { class: 'check' }, control, label);
}

/** @param {string[]} values @param {string} chosen @param {(value: string) => string} nameOf */
export function options(values, chosen, nameOf) {
  return values.map((value) => h('option', { value, selected: value === chosen }, nameOf(value)));
}

/** Where a form says what became of it. */
export function outcome() {
  const element = h('p', { class: 'said', role: 'status' });
  return {
    element,
    /** @param {string} text */
    good: (text) => {
      element.className = 'said granted';
      element.textContent = text;
    },
    /** @param {unknown} error */
    bad: (error) => {
      element.className = 'said denied';
      element.textContent = error instanceof Error ? error.message : String(error);
    },
    clear: () => (element.textContent = ''),
  };
}

/**
 * Runs what a button does, once at a time, and says what went wrong.
 *
 * @param {HTMLButtonElement} button
 * @param {ReturnType<typeof outcome>} said
 * @param {() => Promise<void>} work
 */
export async function doing(button, said, work) {
  button.disabled = true;
  said.clear();
  try {
    await work();
  } catch (error) {
    said.bad(error);
  }
  button.disabled = false;
}

/** Asks whether to do what cannot be undone. @param {string} question @param {string} yes @returns {Promise<boolean>} */
export function confirmed(question, yes) {
  const id = `question-${(made += 1)}`;
  const dialog = h(
    'dialog',
    { 'aria-labelledby': id },
    h('p', { id }, question),
    h(
      'form',
      { class: 'row', method: 'dialog' },
      h('button', { value: 'no' }, t('cancel')),
      h('button', { value: 'yes', class: 'danger' }, yes),
    ),
  );
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener('close', () => {
      resolve(dialog.returnValue === 'yes');
      dialog.remove();
    });
  });
}
