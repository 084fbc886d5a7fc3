// @ts-check
import { language } from './choices.mjs';
import { h } from './dom.mjs';
import { field } from './form.mjs';
import { t } from './words.mjs';

/** @typedef {{validFrom: string | null, validUntil: string | null}} Dates */

/** Two fields for from when and until when somebody passes, by this device's clock. @param {Dates} [dates] */
export function datesFields({ validFrom, validUntil } = { validFrom: null, validUntil: null }) {
  const from = h('input', { type: 'datetime-local', value: localOf(validFrom) });
  const until = h('input', { type: 'datetime-local', value: localOf(validUntil) });
  return {
    element: h('div', { class: 'row wide' }, field(t('people.from'), from), field(t('people.until'), until)),
    /** @returns {Dates} */
    value: () => ({ validFrom: instantOf(from.value), validUntil: instantOf(until.value) }),
  };
}

/** When somebody passes, in words; empty: always. @param {Dates} dates */
export function datesText({ validFrom, validUntil }) {
  const format = new Intl.DateTimeFormat(language(), { dateStyle: 'medium', timeStyle: 'short' });
  const [from, until] = [validFrom, validUntil].map((at) => (at === null ? '' : format.format(new Date(at))));
  if (from && until) return t('people.between', { from, until });
  if (from) return t('people.since', { from });
  return until ? t('people.to', { until }) : '';
}

/** @param {string | null} instant */
function localOf(instant) {
  if (instant === null) return '';
  const at = new Date(instant);
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

/** @param {string} local */
function instantOf(local) {
  return local === '' ? null : new Date(local).toISOString();
}
