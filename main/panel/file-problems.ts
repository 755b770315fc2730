import { newProblem, type Problem } from '../../bridge/errors.js';
import { sentence } from '../../messages/messages.js';
import type { PanelErrorEntry } from './answers.js';
import type { PanelCall } from './call.js';
import { saidIn } from './plain-text.js';

type Known = 'denied' | 'disk-full' | 'taken' | 'is-folder' | 'no-archive' | 'long-name' | 'bad-mode';

/** Texts of nodes about files (PROTOCOL 2.15.4, 2.17). */
const known: readonly (readonly [RegExp, Known])[] = [
  [/egg denylist/i, 'denied'],
  [/enough (?:available )?disk space/i, 'disk-full'],
  [/destination already exists/i, 'taken'],
  [/existing directory/i, 'is-folder'],
  [/format Wings does not understand/i, 'no-archive'],
  [/file name is too long/i, 'long-name'],
  [/invalid file mode/i, 'bad-mode'],
];

/**
 * The problem of a node's refusal about a file, whatever the status (PROTOCOL 2.15.6). `said` = the node's text, which
 * Pelican never passes on, and Pterodactyl only for some refusals.
 */
export function nodeFileRefusal(
  said: string | null,
  { what, unexplained }: Pick<PanelCall, 'what' | 'unexplained'>,
): Problem {
  if (said === null) {
    return unexplained === undefined
      ? newProblem('conflict', sentence('panel.node-refused-file', { what }))
      : newProblem('conflict', sentence(`panel.${unexplained}`));
  }
  const id = known.find(([text]) => text.test(said))?.[1];
  if (id !== undefined) return newProblem('conflict', sentence(`panel.file-${id}`, { what }));
  const message = sentence('panel.node-refused-said', { what, said: saidIn(said) });
  return newProblem('conflict', message, sentence('panel.node-refused-file-next'));
}

/** The problem of a refusal by the panel itself that only calls about files get; null = another refusal. */
export function panelFileRefusal({ code }: PanelErrorEntry, place: string): Problem | null {
  if (code !== 'FileSizeTooLargeException') return null;
  return newProblem('conflict', sentence('panel.file-too-large', { place }));
}
