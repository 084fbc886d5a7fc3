// @ts-check
import { ask } from './api.mjs';
import { choose, LANGUAGES, language, theme, THEMES } from './choices.mjs';
import { h, setText } from './dom.mjs';
import { cameraPanel } from './camera.mjs';
import { doorPanel } from './door.mjs';
import { eventsPanel } from './events.mjs';
import { healthPanel } from './health.mjs';
import { follow } from './live.mjs';
import { livePicture } from './picture.mjs';
import { peoplePanel } from './people.mjs';
import { recognitionForm } from './recognition.mjs';
import { registerForm, registerTrack } from './register.mjs';
import { serverPanel } from './server.mjs';
import { signInForm } from './sign-in.mjs';
import { tabs } from './tabs.mjs';
import { t } from './words.mjs';

/** @typedef {import('../src/page/page-user.js').PageState} PageState */

document.addEventListener('munjigi:signed-out', () => location.reload());
await begin();

/** Shows the door, or first the question for the password. */
async function begin() {
  const session = await ask('GET', '/api/session').catch(() => null);
  if (session === null) {
    document.body.replaceChildren(h('main', { class: 'sign-in' }, h('p', {}, t('error.page/away'))));
    setTimeout(() => location.reload(), 3_000);
    return;
  }
  if (!session.isSignedIn) {
    document.body.replaceChildren(
      header(null).element,
      signInForm(() => location.reload()),
    );
    document.querySelector('input')?.focus();
    return;
  }
  const top = header(session.isNeeded ? signOut : null);
  const { element, listener } = door(top);
  document.body.replaceChildren(top.element, element);
  void follow(listener);
}

async function signOut() {
  await ask('DELETE', '/api/session');
  location.reload();
}

/** @param {ReturnType<typeof header>} top */
function door(top) {
  let waits = false;
  const registering = h('div', {});
  const picture = livePicture((face) => {
    const form = registerForm({
      ...{ title: t('register.title'), picture: picture.cutOut(face), waits },
      send: (facts) => registerTrack(face.trackId, facts),
      onDone: () => {
        registering.replaceChildren(h('p', { class: 'said granted', role: 'status' }, t('register.done')));
        void people.refresh();
      },
      onCancel: () => registering.replaceChildren(),
    });
    registering.replaceChildren(form.element);
    form.focus();
  });
  const people = peoplePanel(() => waits);
  const [health, camera, wires, server] = [healthPanel(), cameraPanel(), doorPanel(), serverPanel()];
  const events = eventsPanel();
  const panels = tabs([
    {
      name: 'people',
      label: t('tab.people'),
      element: h('div', { class: 'stack' }, people.element, recognitionForm()),
    },
    { name: 'camera', label: t('tab.camera'), element: camera.element },
    { name: 'door', label: t('tab.door'), element: wires.element },
    { name: 'events', label: t('tab.events'), element: events.element },
    { name: 'server', label: t('tab.server'), element: server.element },
    { name: 'health', label: t('tab.health'), element: health.element },
  ]);
  const away = h('p', { class: 'away', role: 'status', hidden: true }, t('error.page/away'));
  const element = h(
    'main',
    { class: 'door' },
    h('h1', { class: 'unseen' }, t('title')),
    h('section', { class: 'watch', 'aria-label': t('live.title') }, away, picture.element),
    h('div', { class: 'side' }, registering, panels),
  );
  return {
    element,
    listener: {
      onFrame: picture.show,
      onState: (/** @type {PageState} */ state) => {
        picture.setFault(state.cameraFault);
        waits = state.server.url !== null;
        for (const part of [top, health, camera, wires, events, server]) part.update(state);
      },
      onLink: (/** @type {boolean} */ isUp) => {
        away.hidden = isUp;
      },
    },
  };
}

/** @param {(() => Promise<void>) | null} onSignOut */
function header(onSignOut) {
  const lock = h('span', { class: 'chip' });
  const link = h('span', { class: 'chip' });
  const languages = h(
    'select',
    { 'aria-label': t('choice.language'), onchange: () => choosing('language', languages.value) },
    ...Object.entries(LANGUAGES).map(([value, name]) =>
      h('option', { value, lang: value, selected: value === language() }, name),
    ),
  );
  const themes = h(
    'select',
    { 'aria-label': t('choice.theme'), onchange: () => choosing('theme', themes.value) },
    ...THEMES.map((value) => h('option', { value, selected: value === theme() }, t(`theme.${value}`))),
  );
  const out = onSignOut && h('button', { class: 'quiet', onclick: () => void onSignOut() }, t('signIn.out'));
  return {
    element: h(
      'header',
      {},
      h('span', { class: 'mark', lang: 'ko' }, '문지기'),
      h('span', { class: 'chips', role: 'status' }, lock, link),
      h('span', { class: 'choices' }, languages, themes, out),
    ),
    /** @param {PageState} state */
    update: ({ condition, server }) => {
      setText(lock, t(`standing.${condition.standing}`));
      lock.dataset.tone = ['locked', 'double-locked'].includes(condition.standing) ? 'plain' : 'granted';
      setText(link, t(server.url === null ? 'link.alone' : server.isLinked ? 'link.up' : 'link.down'));
      link.dataset.tone = server.url !== null && !server.isLinked ? 'caution' : 'plain';
    },
  };
}

/** @param {'language' | 'theme'} name @param {string} value */
function choosing(name, value) {
  choose(name, value);
  if (name === 'language') location.reload();
  else document.documentElement.dataset.theme = value;
}
