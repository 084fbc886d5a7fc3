import { randomInt } from 'node:crypto';

/** Letters and digits that are not mistaken for one another on paper: five bits each. */
const ALPHABET = 'abcdefghijkmnpqrstuvwxyz23456789';

/** A random code to be read and typed by people, in groups: `abcd-efgh-jkmn`. */
export function randomCode(groups: number, groupLength: number): string {
  const group = () =>
    Array.from({ length: groupLength }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
  return Array.from({ length: groups }, group).join('-');
}

/** A code as it was meant, however it was typed: without blanks and hyphens, lower case. */
export function readableCode(typed: string): string {
  return typed.toLowerCase().replace(/[^a-z0-9]/g, '');
}
