// @ts-check

/** The languages of the page, each by its own name. */
export const LANGUAGES = /** @type {const} */ ({ en: 'English', ko: '한국어' });
/** The themes; `auto` is the device's. */
export const THEMES = /** @type {const} */ (['auto', 'light', 'dark']);

/** The language that was chosen here, or else the browser's. @returns {keyof typeof LANGUAGES} */
export function language() {
  const chosen = kept('language') ?? navigator.language;
  return chosen.toLowerCase().startsWith('ko') ? 'ko' : 'en';
}

/** The theme that was chosen here. @returns {(typeof THEMES)[number]} */
export function theme() {
  const chosen = kept('theme');
  return THEMES.find((each) => each === chosen) ?? 'auto';
}

/** Keeps a choice on this device. @param {'language' | 'theme'} name @param {string} value */
export function choose(name, value) {
  try {
    localStorage.setItem(`munjigi.${name}`, value);
  } catch {
    // A browser that keeps nothing shows the default the next time.
  }
}

/** @param {'language' | 'theme'} name */
function kept(name) {
  try {
    return localStorage.getItem(`munjigi.${name}`);
  } catch {
    return null;
  }
}
