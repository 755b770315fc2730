import { PerchError } from '../../bridge/errors.js';
import type { HeldKey } from '../../bridge/panel/held-key.js';
import { sentence, type Sentence } from '../../messages/messages.js';
import { keyPage } from './key-page.js';

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

/** What a text is, taken for a key: by their form only keys with a prefix are told from other texts (PROTOCOL 1.2). */
export function keyOf(text: string): HeldKey {
  const key = text.trim();
  const kind = /^(?:(ptlc|pacc|plcn)|ptla|papp|peli)_[A-Za-z0-9]{43}$/.exec(key);
  if (kind === null) return 'none';
  return kind[1] === undefined ? 'application' : 'client';
}

function refused(message: Sentence): PerchError {
  return new PerchError({
    code: 'invalid',
    message,
    next: sentence('panel.key-next', { page: keyPage }),
    fields: { key: message },
  });
}
