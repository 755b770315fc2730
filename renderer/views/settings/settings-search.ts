/**
 * Search of the settings. Searches the displayed lines in the current language, so new settings need no registration.
 * Each child of an element with `data-rows` (a card) is a line; so is other content of a section. `data-find` on a
 * line, inside a line or on a section adds search words.
 */
import { find, type Findable } from '../../search/find.js';
import { foldText } from '../../search/words.js';

const heading = 'h2, h3, h4';
/** Temporary elements: no lines of their own, shown with the rest of their section. */
const passing = 'dialog, [role=alert], [role=status]';

interface Line extends Findable {
  readonly element: HTMLElement;
}

/**
 * Hides lines below `root` that do not match; returns the names (`data-section`) of sections with matches. An empty
 * search shows everything. `seen` = lines that already matched this search: they stay, because using a setting may
 * change its text.
 */
export function keepFound(
  root: HTMLElement,
  search: string,
  seen: Set<HTMLElement> = new Set(),
): ReadonlySet<string> {
  const sections = [...root.querySelectorAll<HTMLElement>('[data-section]')];
  const lines = sections.flatMap((section) => linesIn(section, section.dataset['find'] ?? ''));
  const isAll = search.trim() === '';
  for (const { element } of isAll ? lines : find(lines, search).map(({ item }) => item)) seen.add(element);
  const kept = new Set<string>();
  for (const section of sections) {
    const isKept = keep(section, seen) || isAll;
    section.toggleAttribute('data-unfound', !isKept);
    if (isKept) kept.add(section.dataset['section'] ?? '');
  }
  return kept;
}

function linesIn(rows: HTMLElement, around: string): Line[] {
  const [headings, others] = childrenOf(rows);
  const context = [around, ...headings.map(textOf)].join('\n');
  return others.flatMap((element) => {
    const inner = rowsIn(element);
    return inner === null
      ? [lineOf(element, context)]
      : linesIn(inner, `${context}\n${ownWords(element, inner)}`);
  });
}

function keep(rows: HTMLElement, found: ReadonlySet<HTMLElement>): boolean {
  let isKept = false;
  for (const element of childrenOf(rows)[1]) {
    const inner = rowsIn(element);
    const isFound = inner === null ? found.has(element) : keep(inner, found);
    element.toggleAttribute('data-unfound', !isFound);
    isKept ||= isFound;
  }
  return isKept;
}

function childrenOf(rows: HTMLElement): [headings: HTMLElement[], others: HTMLElement[]] {
  const elements = [...rows.children]
    .filter((child) => child instanceof HTMLElement)
    .filter((element) => !element.matches(passing));
  return [
    elements.filter((element) => element.matches(heading)),
    elements.filter((element) => !element.matches(heading)),
  ];
}

function rowsIn(element: HTMLElement): HTMLElement | null {
  return element.matches('[data-rows]') ? element : element.querySelector<HTMLElement>('[data-rows]');
}

/** Search words of a card, which apply to each of its lines. */
function ownWords(element: HTMLElement, inner: HTMLElement): string {
  return element === inner ? (element.dataset['find'] ?? '') : '';
}

function lineOf(element: HTMLElement, context: string): Line {
  const more = [element, ...element.querySelectorAll<HTMLElement>('[data-find]')];
  const words = [context, textOf(element), ...more.map(({ dataset }) => dataset['find'] ?? '')].join('\n');
  const text = foldText(words);
  return {
    element,
    // The matcher finds these fields by the beginning of a word, or by any part that is long enough.
    addresses: text,
    spoken: text,
    name: '',
    description: '',
    labels: '',
    ids: '',
    exact: new Set(),
    page: null,
  };
}

/** Joins with spaces: in "ThemeSystemLight" only the first word would match. */
function textOf(element: HTMLElement): string {
  const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  const all: string[] = [];
  while (texts.nextNode() !== null) all.push(texts.currentNode.textContent ?? '');
  return all.join(' ');
}
