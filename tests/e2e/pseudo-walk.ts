/**
 * What is amiss in a view that speaks the pseudo-language: a text that is cut off or outside the window, and one that
 * is not in brackets, so does not come from the message files. For views in any state; each spec walks its own.
 */
import type { Page } from '@playwright/test';

interface Walked {
  /** Selector of what is looked at. */
  readonly within?: string;
  /** Selector of what is left out: it holds no sentences of ours, or is looked at elsewhere. */
  readonly apart?: string;
}

/** What people, panels and programs have written, where nothing but that stands. */
const written = 'bdi, [dir=auto], code, pre, textarea, .xterm, .u-wrap, svg, script, style';

export async function amiss(
  page: Page,
  { within = 'body', apart = 'noscript' }: Walked = {},
): Promise<string[]> {
  return page.evaluate(look, { within, apart: `${apart}, ${written}`, written });
}

/** Runs in the page, so it uses nothing from outside of it. */
function look({
  within,
  apart,
  written: values,
}: {
  within: string;
  apart: string;
  written: string;
}): string[] {
  interface Box {
    readonly left: number;
    readonly right: number;
    readonly top: number;
    readonly bottom: number;
  }
  const found = new Set<string>();
  const boxes: (Box & { text: string; block: Element; layer: Element | null })[] = [];
  const known = new Set(
    [...document.querySelectorAll(values)].map((each) => (each.textContent ?? '').trim()),
  );
  const figures =
    /(?:[</]?\d[\d.,:]*|∞)(?: ?(?:B|KiB|MiB|GiB|TiB|PiB|%|ms|s|min|h|d)\b)?(?:\/s)?|\S*[\p{L}\d][.:/@_]+[\p{L}\d…]\S*|\S*\d\S*/gu;
  const hasWords = (text: string): boolean => /\p{L}{2}/u.test(text.replaceAll(figures, ' '));

  const roots = [...document.querySelectorAll(within)];
  for (const root of roots) {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) lookAtText(node as Text);
    for (const element of root.querySelectorAll('[aria-label], [data-tip], [title], [placeholder], [alt]'))
      lookAtNames(element);
  }
  lookAtOverlaps();
  return [...found];

  function lookAtText(node: Text): void {
    const parent = node.parentElement;
    const text = node.data.trim();
    if (parent === null || text === '' || !isShown(parent)) return;
    // What others have written may begin with a bracket too, and may end in an ellipsis.
    if (parent.closest('bdi, [dir=auto], code') !== null || known.has(text))
      lookAtBox(node, parent, text, false);
    else if (isApart(parent)) return;
    else if (!isInBrackets(node, parent) && hasWords(text)) found.add(`not ours: ${text}`);
    else if (!isUnseen(parent)) lookAtBox(node, parent, text, true);
  }

  function lookAtNames(element: Element): void {
    if (isApart(element) || !isShown(element)) return;
    for (const name of ['aria-label', 'data-tip', 'title', 'placeholder', 'alt']) {
      const text = element.getAttribute(name)?.trim() ?? '';
      if (text !== '' && !text.startsWith('[') && !known.has(text) && hasWords(text)) {
        found.add(`not ours, ${name}: ${text}`);
      }
    }
  }

  function isShown(element: Element): boolean {
    return element.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true });
  }

  function isApart(element: Element): boolean {
    return element.closest(apart) !== null;
  }

  /** For screen readers only. */
  function isUnseen(element: Element): boolean {
    for (let each: Element | null = element; each !== null; each = each.parentElement) {
      const { width, height } = each.getBoundingClientRect();
      if (width <= 1 && height <= 1) return true;
    }
    return false;
  }

  /** A sentence with marked-up parts is several texts of one element: together they have the brackets. */
  function isInBrackets(node: Text, parent: Element): boolean {
    if (node.data.includes('[')) return true;
    const all = (parent.textContent ?? '').trim();
    return all.startsWith('[') && all.endsWith(']');
  }

  function lookAtBox(node: Text, parent: Element, text: string, isWhole: boolean): void {
    const range = document.createRange();
    range.selectNodeContents(node);
    const { left, right, top, bottom, width } = range.getBoundingClientRect();
    if (width === 0) return;
    let box = { left, right, top, bottom };
    for (let each: Element | null = parent; each !== null; each = each.parentElement) {
      const { display, position, overflowX, overflowY } = getComputedStyle(each);
      if (display === 'inline' || display === 'contents') continue;
      const frame = each.getBoundingClientRect();
      const beyondX = box.right > frame.right + 1 || box.left < frame.left - 1;
      const beyondY = box.bottom > frame.bottom + 3 || box.top < frame.top - 3;
      // Sideways nobody scrolls to read a sentence.
      if ((overflowX !== 'visible' && beyondX) || (isHiding(overflowY) && beyondY)) {
        if (isWhole) found.add(`cut off: ${text}`);
        if (isWhole) return;
        box = common(box, frame);
      }
      // What can be scrolled to is not lost; what is seen of it now is what lies within the frame.
      if (isScrolled(overflowY)) box = common(box, frame);
      if (box.right <= box.left || box.bottom <= box.top) return;
      if (position === 'fixed') break;
    }
    if (box.left < -1 || box.right > innerWidth + 1 || box.top < -1 || box.bottom > innerHeight + 1) {
      found.add(`outside the window: ${text}`);
    }
    boxes.push({
      ...box,
      text,
      block: blockOf(parent),
      layer: parent.closest('dialog, [popover], [role=dialog]'),
    });
  }

  function lookAtOverlaps(): void {
    for (const [at, one] of boxes.entries()) {
      for (const other of boxes.slice(at + 1)) {
        // Parts of one sentence share lines.
        if (one.block === other.block || one.layer !== other.layer) continue;
        const { left, right, top, bottom } = common(one, other);
        if (right - left > 2 && bottom - top > 5) found.add(`over each other: ${one.text} / ${other.text}`);
      }
    }
  }

  function common(one: Box, other: Box): Box {
    return {
      left: Math.max(one.left, other.left),
      right: Math.min(one.right, other.right),
      top: Math.max(one.top, other.top),
      bottom: Math.min(one.bottom, other.bottom),
    };
  }

  function blockOf(element: Element): Element {
    let each = element;
    while (each.parentElement !== null && getComputedStyle(each).display.startsWith('inline'))
      each = each.parentElement;
    return each;
  }

  function isHiding(overflow: string): boolean {
    return overflow === 'hidden' || overflow === 'clip';
  }

  function isScrolled(overflow: string): boolean {
    return overflow === 'auto' || overflow === 'scroll';
  }
}
