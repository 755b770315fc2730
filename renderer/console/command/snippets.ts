/** Pure changes of the snippet list, and its search. */
import type { Snippet } from '../../../bridge/schema/setting-parts.js';
import { say } from '../../../messages/messages.js';

/** Same limits as `snippetSchema` of the settings. */
export const mostSnippets = 200;
export const longestSnippet = 4000;
export const longestName = 200;

export function addSnippet(list: readonly Snippet[], snippet: Snippet): Snippet[] {
  return list.length >= mostSnippets ? [...list] : [...list, snippet];
}

export function changeSnippet(
  list: readonly Snippet[],
  id: string,
  fields: Partial<Omit<Snippet, 'id'>>,
): Snippet[] {
  return list.map((snippet) => (snippet.id === id ? { ...snippet, ...fields } : snippet));
}

export function removeSnippet(list: readonly Snippet[], id: string): Snippet[] {
  return list.filter((snippet) => snippet.id !== id);
}

/** Moves a snippet one place up (-1) or down (1); unchanged at either end. */
export function moveSnippet(list: readonly Snippet[], id: string, step: 1 | -1): Snippet[] {
  const at = list.findIndex((snippet) => snippet.id === id);
  const there = at + step;
  const [moved, other] = [list[at], list[there]];
  if (moved === undefined || other === undefined) return [...list];
  const next = [...list];
  next[there] = moved;
  next[at] = other;
  return next;
}

/** Sentence about the first command that is too long for a snippet; null if all fit. */
export function tooLongFault(list: readonly Snippet[]): string | null {
  const at = list.findIndex(({ command }) => command.length > longestSnippet);
  const found = list[at];
  if (found === undefined) return null;
  const has = found.command.length;
  return say('commands.snippet-too-long', { at: at + 1, has, most: longestSnippet });
}

/** Whether each word of the search occurs in one of the texts, in any case. */
export function matchesWords(search: string, ...texts: string[]): boolean {
  const all = texts.join('\n').toLowerCase();
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => all.includes(word));
}
