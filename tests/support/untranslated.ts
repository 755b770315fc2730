import { onTestFinished } from 'vitest';
import de from '../../messages/compiled/de.js';
import type { MessageId } from '../../messages/messages.js';

/** Removes a German message until the test ends, to test an incomplete translation. */
export function untranslated(id: MessageId): void {
  const german = de[id];
  if (german === undefined) throw new Error(`German lacks ${id} anyway.`);
  Reflect.deleteProperty(de, id);
  onTestFinished(() => {
    de[id] = german;
  });
}
