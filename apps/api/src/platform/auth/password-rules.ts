import { dictionary } from '@zxcvbn-ts/language-common';
import { AppError } from '../errors/app-error';

const LENGTH_MIN = 12;
/** A known password with no more than this around it is still known: `password2026!`. */
const DECORATION_MAX = 6;
/** Shorter parts are in anybody's sentences. */
const PART_MIN = 3;
const PRODUCT = ['munjigi', '문지기'];

/** 49,000 passwords, lower case. */
const KNOWN: ReadonlySet<string> = new Set(dictionary['passwords-common'] as readonly string[]);

/**
 * Refuses a password that others would guess, by NIST SP 800-63B: too short, widely known, or made of the account's own
 * address or the product's name. What kinds of characters it has does not matter.
 *
 * @throws {AppError} `password/too-short`, `password/common`, `password/about-account`
 */
export function requireGoodPassword(password: string, email: string): void {
  const text = password.normalize('NFKC').toLowerCase();
  if ([...password].length < LENGTH_MIN) {
    throw refusal('password/too-short', `Use at least ${LENGTH_MIN} characters.`);
  }
  if (isCommon(text)) {
    throw refusal(
      'password/common',
      'It is among those that are tried first. Several unrelated words are better.',
    );
  }
  if (isMadeOf(text, [email.toLowerCase(), ...email.toLowerCase().split(/[^\p{L}\p{N}]+/u), ...PRODUCT])) {
    throw refusal('password/about-account', 'It is your address or the product’s name, or little more.');
  }
}

function isCommon(text: string): boolean {
  const core = text.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '');
  const decorated = core.length >= PART_MIN && text.length - core.length <= DECORATION_MAX && KNOWN.has(core);
  return decorated || KNOWN.has(text) || KNOWN.has(unitOf(text)) || unitOf(text).length <= 2 || isRun(text);
}

/** The shortest text whose repetition this one is: `abcabc` is `abc`. */
function unitOf(text: string): string {
  const at = (text + text).indexOf(text, 1);
  return text.slice(0, at);
}

/** Whether each character follows the one before: `123456789012`, `abcdefghijkl`, and backwards. */
function isRun(text: string): boolean {
  const steps = [...text].slice(1).map((letter, index) => {
    const step = letter.charCodeAt(0) - text.charCodeAt(index);
    return Math.abs(step) === 9 ? -Math.sign(step) : step;
  });
  return Math.abs(steps[0] ?? 0) === 1 && steps.every((step) => step === steps[0]);
}

/** Whether nothing much is left when these parts are taken out. */
function isMadeOf(text: string, parts: readonly string[]): boolean {
  const long = parts.filter((part) => part.length >= PART_MIN);
  const found = long.filter((part) => text.includes(part)).sort((one, other) => other.length - one.length);
  if (found.length === 0) return false;
  const rest = found.reduce((left, part) => left.replaceAll(part, ''), text);
  return rest.length <= DECORATION_MAX || rest.length < text.length / 2;
}

function refusal(code: `password/${string}`, detail: string): AppError {
  return new AppError('unprocessable', code, 'Choose another password.', { detail });
}
