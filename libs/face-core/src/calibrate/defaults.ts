import faceplugin512 from './defaults/faceplugin-512.json';
import mobilefacenet192 from './defaults/mobilefacenet-192.json';

/**
 * Calibrations that come with the product, of public photographs: better than a guess, and no measurement of any site.
 * They hold rates alone, no picture and no score. Not checked yet.
 */
export const DEFAULT_CALIBRATIONS: readonly { readonly modelId: string }[] = [
  mobilefacenet192,
  faceplugin512,
];
