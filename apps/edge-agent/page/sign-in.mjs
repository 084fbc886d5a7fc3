// @ts-check
import { ask } from './api.mjs';
import { h } from './dom.mjs';
import { t } from './words.mjs';

/** The form that asks for the page's password. @param {() => void} onSignedIn */
export function signInForm(onSignedIn) {
  const said = h('p', { class: 'said denied', role: 'alert' });
  const password = h('input', {
    ...{ type: 'password', id: 'password', required: true, autocomplete: 'current-password' },
  });
  const button = h('button', { class: 'primary' }, t('signIn.button'));
  const submit = async (/** @type {Event} */ event) => {
    event.preventDefault();
    button.disabled = true;
    said.textContent = '';
    try {
      await ask('POST', '/api/session', { password: password.value });
      onSignedIn();
    } catch (error) {
      said.textContent = /** @type {Error} */ (error).message;
      password.select();
    }
    button.disabled = false;
  };
  return h(
    'main',
    { class: 'sign-in' },
    h(
      'form',
      { class: 'card', onsubmit: submit },
      h('h1', {}, t('signIn.title')),
      h('label', { htmlFor: 'password' }, t('signIn.password')),
      password,
      said,
      button,
    ),
  );
}
