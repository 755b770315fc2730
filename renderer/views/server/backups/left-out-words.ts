/**
 * Left-out files of a backup in words: one sentence per pattern. Patterns follow the rules of `.gitignore` (PROTOCOL
 * 2.16.3).
 */
import { say } from '../../../../messages/messages.js';

/** Sentence about one pattern; null for a comment. */
export function leftOutWords(pattern: string): string | null {
  if (pattern.startsWith('#')) return null;
  if (!pattern.startsWith('!')) return what(pattern);
  const kept = what(pattern.slice(1));
  return kept === null ? null : say('backups.leaves-kept', { what: kept });
}

function what(pattern: string): string | null {
  const isFolder = pattern.endsWith('/');
  const bare = pattern.replace(/^\/+|\/+$/g, '');
  if (bare === '') return null;
  if (bare === '*' || bare === '**') return say('backups.leaves-all');
  const anywhere = bare.replace(/^\*\*\//, '');
  // A slash at the beginning or in the middle ties the pattern to the server's main folder.
  const isTied = pattern.startsWith('/') || anywhere.includes('/');
  if (!isTied && isEnding(anywhere)) return say('backups.leaves-ending', { ending: anywhere.slice(1) });
  const shape = /[*?[]/.test(anywhere) ? 'shape' : 'name';
  const place = isTied ? 'tied' : 'any';
  return say(`backups.leaves-${isFolder ? 'folder' : 'file'}-${shape}-${place}`, { name: anywhere });
}

/** `*.log`: a star and then plain text. */
function isEnding(pattern: string): boolean {
  return /^\*[^*?[\]/]+$/.test(pattern);
}
