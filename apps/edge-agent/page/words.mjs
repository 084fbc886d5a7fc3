// @ts-check
import { language } from './choices.mjs';
import { EN } from './words-en.mjs';
import { EVENTS_EN } from './words-events-en.mjs';
import { EVENTS_KO } from './words-events-ko.mjs';
import { KO } from './words-ko.mjs';

/** @type {Record<string, string>} */
const words = language() === 'ko' ? { ...KO, ...EVENTS_KO } : { ...EN, ...EVENTS_EN };

/** A text in the language that was chosen, or null where there is none. @param {string} key */
export function wordFor(key) {
  return words[key] ?? null;
}

/**
 * A text in the language that was chosen.
 *
 * @param {string} key
 * @param {Record<string, string | number>} [values] put in place of their names in braces
 */
export function t(key, values = {}) {
  return (words[key] ?? key).replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ''));
}
