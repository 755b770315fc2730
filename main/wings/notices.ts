/** A `daemon error` as a sentence for a person (PROTOCOL 4.5, 4.11). */
import type { PowerSignal } from '../../bridge/domain.js';
import { oneLine } from '../../bridge/plain-line.js';

const longest = 300;

/** The text that everybody without `admin.websocket.errors` gets instead of the reason. */
export function isUnexplained(text: string): boolean {
  return text.includes('an unexpected error was encountered while handling this request');
}

/** `signal` is the power signal that this session sent last and that may be meant. */
export function daemonErrorNotice(text: string, signal: PowerSignal | null): string {
  if (text.includes('another power action is currently being processed'))
    return 'The node is still busy with another power action on this server. Try again in a moment; only kill works meanwhile.';
  if (isUnexplained(text))
    return signal === null
      ? 'The node reports an error and does not say which.'
      : `The node did not carry out “${signal}” and does not say why.`;
  return `The node says: ${oneLine(text.replace(/^Error Event \[[^\]]*\]: /, ''), longest)}`;
}
