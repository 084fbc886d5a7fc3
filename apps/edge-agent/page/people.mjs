// @ts-check
import { ask } from './api.mjs';
import { datesFields, datesText } from './dates.mjs';
import { h } from './dom.mjs';
import { confirmed, doing, field, outcome } from './form.mjs';
import { registerFile, registerForm } from './register.mjs';
import { t } from './words.mjs';

/** @typedef {import('../src/local/local-people.js').KnownPerson} KnownPerson */

const PICTURES = 'image/jpeg,image/png,image/webp';

/** The people who were registered at this door. @param {() => boolean} waits whether a server decides who passes */
export function peoplePanel(waits) {
  const list = h('ul', { class: 'people' });
  const said = outcome();
  const adding = h('div', {});
  const add = h('button', { class: 'primary', onclick: () => showForm() }, t('people.add'));
  const showForm = () => {
    const file = h('input', { type: 'file', accept: PICTURES, required: true });
    const form = registerForm({
      ...{ title: t('people.add'), picture: null, waits: waits() },
      more: [field(t('people.file'), file, t('people.fileHint'))],
      send: async (facts) => {
        const [picture] = file.files ?? [];
        if (picture) await registerFile(picture, facts);
      },
      onDone: () => {
        close();
        void refresh();
      },
      onCancel: () => close(),
    });
    add.hidden = true;
    adding.replaceChildren(form.element);
    form.focus();
  };
  const close = () => {
    adding.replaceChildren();
    add.hidden = false;
    add.focus();
  };
  const refresh = async () => {
    try {
      const people = /** @type {KnownPerson[]} */ (await ask('GET', '/api/people'));
      const rows = people.map((person) => personRow(person, refresh));
      list.replaceChildren(...(rows.length > 0 ? rows : [h('li', { class: 'hint' }, t('people.none'))]));
    } catch (error) {
      said.bad(error);
    }
  };
  void refresh();
  return { element: h('div', { class: 'stack' }, add, adding, said.element, list), refresh };
}

/** @param {KnownPerson} person @param {() => Promise<void>} refresh */
function personRow(person, refresh) {
  const said = outcome();
  const editor = h('div', {});
  const file = h('input', {
    type: 'file',
    accept: PICTURES,
    hidden: true,
    'aria-label': t('people.addPhoto'),
  });
  const edit = h(
    'button',
    { type: 'button', 'aria-label': t('people.editOf', { name: person.name }) },
    t('people.edit'),
  );
  const photo = h(
    'button',
    { type: 'button', 'aria-label': t('people.addPhotoOf', { name: person.name }) },
    t('people.addPhoto'),
  );
  const remove = h(
    'button',
    { type: 'button', 'aria-label': t('people.removeOf', { name: person.name }) },
    t('people.remove'),
  );
  edit.onclick = () => {
    const form = editForm(person, refresh, () => {
      editor.replaceChildren();
      edit.focus();
    });
    editor.replaceChildren(form);
    form.querySelector('input')?.focus();
  };
  photo.onclick = () => file.click();
  file.onchange = () =>
    doing(photo, said, async () => {
      const [picture] = file.files ?? [];
      file.value = '';
      if (!picture) return;
      await ask('POST', `/api/people/${person.id}/photos`, picture);
      await refresh();
    });
  remove.onclick = () =>
    doing(remove, said, async () => {
      if (!(await confirmed(t('people.removeSure', { name: person.name }), t('people.remove')))) return;
      await ask('DELETE', `/api/people/${person.id}`);
      await refresh();
    });
  const told = [
    person.passes ? '' : t('people.waits'),
    datesText(person),
    t('people.photos', { count: person.templateCount }),
  ];
  return h(
    'li',
    {},
    person.templateCount > 0
      ? h('img', { src: `/api/people/${person.id}/photo`, alt: '', width: 48, height: 48 })
      : h('span', { class: 'noface' }),
    h(
      'div',
      { class: 'who' },
      h('strong', {}, person.name),
      h('span', { class: 'hint' }, told.filter(Boolean).join(' · ')),
    ),
    h('div', { class: 'row' }, edit, photo, file, remove),
    said.element,
    editor,
  );
}

/** @param {KnownPerson} person @param {() => Promise<void>} refresh @param {() => void} close */
function editForm(person, refresh, close) {
  const name = h('input', {
    type: 'text',
    required: true,
    maxLength: 200,
    value: person.name,
    autocomplete: 'off',
  });
  const dates = datesFields(person);
  const said = outcome();
  const save = h('button', { class: 'primary' }, t('save'));
  return h(
    'form',
    {
      onsubmit: (/** @type {Event} */ event) => {
        event.preventDefault();
        void doing(save, said, async () => {
          await ask('PATCH', `/api/people/${person.id}`, { name: name.value.trim(), ...dates.value() });
          await refresh();
        });
      },
    },
    field(t('people.name'), name),
    dates.element,
    said.element,
    h('div', { class: 'row' }, save, h('button', { type: 'button', onclick: close }, t('cancel'))),
  );
}
