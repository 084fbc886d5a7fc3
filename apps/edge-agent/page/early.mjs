// @ts-check
import { language, theme } from './choices.mjs';

// Before the first paint, so that neither theme nor language flashes.
document.documentElement.lang = language();
document.documentElement.dataset.theme = theme();
