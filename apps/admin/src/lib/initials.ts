/**
 * One or two letters that stand for a name.
 *
 * Of a Korean name the last two syllables, as Korean products do (`김민지` gives `민지`); of others the first letters
 * of the first and the last word.
 */
export function initialsOf(name: string): string {
  const trimmed = name.trim();
  if (/^[가-힣]{2,4}$/u.test(trimmed)) return trimmed.slice(-2);
  const words = trimmed.split(/\s+/u);
  const ends = words.length > 1 ? [words[0], words.at(-1)] : [words[0]];
  return ends
    .map((word) => [...(word ?? '')][0] ?? '')
    .join('')
    .toLocaleUpperCase();
}
