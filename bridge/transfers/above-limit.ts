import type { Problem } from '../errors.js';

const messages: ReadonlySet<string> = new Set(['transfers.too-large', 'transfers.too-large-here']);

/** Whether an upload failed because its file is above the limit of the node, or of a program in front of the node. */
export function isAboveLimit({ message }: Pick<Problem, 'message'>): boolean {
  return messages.has(message.id);
}
