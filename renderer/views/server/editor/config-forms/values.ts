/** Values of settings: which of them a field can show, and which it refuses. */
import { sentence, type Sentence } from '../../../../../messages/messages.js';
import type { Setting } from './setting.js';

const number = /^[+-]?(?:\d+\.?\d*|\.\d+)$/;
/** Numbers that mean the same to every game: YAML takes `010` for 8, and quoted texts such as `+5` for no number. */
const clearWhole = /^-?(?:0|[1-9]\d*)$/;
const clearNumber = /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/;
/** `yes` and `on` are switches in YAML. */
const on = /^(?:true|yes|on)$/i;
const off = /^(?:false|no|off)$/i;

export const isOn = (value: string): boolean => on.test(value.trim());

/** Whether no field of this kind can show the value. */
export function unreadable(setting: Setting, value: string): boolean {
  switch (setting.kind) {
    case 'switch':
      return !on.test(value) && !off.test(value);
    case 'number':
      return !number.test(value);
    case 'choice':
    case 'text':
      return false;
  }
}

/** Mistake of a value; null = none. */
export function complaintAbout(setting: Setting, value: string): Sentence | null {
  if (setting.kind !== 'number') return null;
  const { isInteger, min, max } = setting;
  const isNumber = (isInteger ? clearWhole : clearNumber).test(value);
  const isWithin = Number(value) >= min && Number(value) <= (max ?? Infinity);
  if (isNumber && isWithin) return null;
  const plain = isWithin && number.test(value) ? plainNumber(value) : '';
  if ((isInteger ? clearWhole : clearNumber).test(plain))
    return sentence('config-forms.write-plain', { plain, typed: value });
  const least = String(min);
  if (max !== undefined) return sentence('config-forms.whole-between', { min: least, max: String(max) });
  return sentence(isInteger ? 'config-forms.whole-from' : 'config-forms.number-from', { min: least });
}

/** `010`, `+5`, `.5` and `5.` as every game reads them: 10, 5, 0.5 and 5. */
const plainNumber = (value: string): string =>
  value
    .replace(/^\+/, '')
    .replace(/^(-?)0*(?=\d)/, '$1')
    .replace(/^(-?)\./, '$10.')
    .replace(/\.$/, '');

/** The word of a switch, written as the word before: `True` stays `False`, not `false`. */
export function switchWord(isOnNow: boolean, before: string): string {
  const word = String(isOnNow);
  if (/^\s*[A-Z][a-z]/.test(before)) return word[0]?.toUpperCase() + word.slice(1);
  if (/^\s*[A-Z]{2}/.test(before)) return word.toUpperCase();
  return word;
}
