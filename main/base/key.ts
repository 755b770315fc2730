import { PerchError, newProblem } from '../../bridge/errors.js';
import type { HeldKey } from '../../bridge/panel/held-key.js';
import { sentence, type Sentence } from '../../messages/messages.js';
import { keyPage } from './key-page.js';

/**
 * Cleans a pasted API key for use in a header: removes white space, quotation marks and a leading `Bearer`. Every
 * prefix is allowed, also none (PROTOCOL 1.2). Throws `invalid` with `fields.key`.
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

/** Kind of API key that the text is. Only keys with a prefix can be recognised by their form (PROTOCOL 1.2). */
export function heldKeyOf(text: string): HeldKey {
  const key = text.trim();
  const kind = /^(?:(ptlc|pacc|plcn)|ptla|papp|peli)_[A-Za-z0-9]{43}$/.exec(key);
  if (kind === null) return 'none';
  return kind[1] === undefined ? 'application' : 'client';
}

function refused(message: Sentence): PerchError {
  return new PerchError({
    ...newProblem('invalid', message, sentence('panel.key-next', { page: keyPage })),
    fields: { key: message },
  });
}
