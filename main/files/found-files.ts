import type { Source } from '../base/feed-source.js';
import type { Clock } from '../base/ports.js';
import { FileSearch } from './file-search.js';
import type { FilesPanelOf } from './files-panel.js';

interface FoundFilesDeps {
  readonly clock: Pick<Clock, 'now' | 'after'>;
  readonly panelOf: FilesPanelOf;
}

/** The feed `foundFiles`. A window that stops watching stops the search. */
export function foundFilesSource({ clock, panelOf }: FoundFilesDeps): Source<'foundFiles'> {
  return ({ serverId, folder, query }, sink) => {
    const panel = panelOf(serverId);
    const stop = new AbortController();
    sink.snapshot({ files: [], folders: 0, unread: 0, end: false, cut: null, problem: null });
    const search = new FileSearch({
      clock,
      panel,
      matches: pathMatcher(query),
      signal: stop.signal,
      send: (part) => sink.change(part),
    });
    void search.run(folder);
    return () => stop.abort();
  };
}

/**
 * Whether a path has all words of a query, in upper or lower case: in its name, or in the whole path for a word with a
 * "/". A word with a "*" fits as a whole, and the "*" stands for any text: `*.jar`, `plugins/*.yml`.
 */
export function pathMatcher(query: string): (path: string) => boolean {
  const words = folded(query)
    .split(/\s+/)
    .filter((word) => word !== '');
  return (path) => {
    const whole = folded(path);
    const name = whole.slice(whole.lastIndexOf('/') + 1);
    return words.every((word) => (word.includes('/') ? isIn(whole, word) : isIn(name, word)));
  };
}

function isIn(text: string, word: string): boolean {
  if (!word.includes('*')) return text.includes(word);
  // A path may begin above the folder that the word names.
  const [first = '', ...rest] = (word.includes('/') && !word.startsWith('/') ? `*${word}` : word).split('*');
  const last = rest.pop() ?? '';
  if (!text.startsWith(first)) return false;
  let at = first.length;
  for (const part of rest) {
    const found = text.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return text.endsWith(last) && text.length - last.length >= at;
}

function folded(text: string): string {
  return text.normalize('NFC').toLowerCase();
}
