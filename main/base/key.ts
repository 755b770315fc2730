import { PerchError } from '../../bridge/errors.js';
import { sentence, type Sentence } from '../../words/words.js';

/**
 * An API key as it was pasted, made fit for a header: white space anywhere, quotation marks around it and a leading
 * `Bearer` are dropped. Prefixes of any kind and none are fine (PROTOCOL 1.2). Throws `invalid` with `fields.key`.
 */
export function cleanKey(input: string): string {
  const key = input
    .trim()
    .replace(/^bearer(?:\s+|$)/i, '')
    .replace(/[\s\u200b\ufeff]+/g, '')
    .replace(/^(["'`])(.*)\1$/, '$2');
  if (key === '') throw refused(sentence('panel.key-missing'));
  if (!/^[\x21-\x7e]+$/.test(key)) {
    throw refused(sentence('panel.key-strange'));
  }
  return key;
}

function refused(message: Sentence): PerchError {
  return new PerchError({
    code: 'invalid',
    message,
    next: sentence('panel.key-next'),
    fields: { key: message },
  });
}
