/**
 * Layout faults of a view in the pseudo-language: a text or control that is cut off, outside the window, overlapped or
 * too small, and a text without brackets, which therefore is not from the message files. Works for views in any state;
 * each spec walks its own views. The whole content of a scrolling box is checked, visible or not.
 */
import type { Page } from '@playwright/test';

interface Walked {
  /** Selector of the checked part. */
  readonly within?: string;
  /** Selector of excluded parts: without sentences from the message files, or checked elsewhere. */
  readonly apart?: string;
}

/** Elements that hold only texts of people, panels and programs. */
const written = 'bdi, [dir=auto], code, pre, textarea, .xterm, .u-wrap, svg, script, style';

const controls =
  'button, a[href], input, select, textarea, [role=option], [role=menuitem], [role=menuitemradio], [role=menuitemcheckbox]';

export async function layoutFaults(
  page: Page,
  { within = 'body', apart = 'noscript' }: Walked = {},
): Promise<string[]> {
  return page.evaluate(findFaults, { within, apart, written, controls });
}

/** Runs in the page, so it uses no name from outside its body. */
function findFaults({
  within,
  apart,
  written: values,
  controls: pressed,
}: {
  within: string;
  apart: string;
  written: string;
  controls: string;
}): string[] {
  interface Box {
    readonly left: number;
    readonly right: number;
    readonly top: number;
    readonly bottom: number;
  }
  interface Spot {
    readonly box: Box;
    /** Visible part of the element within its scroll container. */
    readonly sight: Box;
    readonly scroller: Element | null;
    /** Overlay that contains the element; null = none. */
    readonly layer: Element | null;
  }
  interface DrawnPart extends Spot {
    readonly name: string;
    readonly element: Element;
  }
  /** Style and place of an element. Nothing moves during a look, and each element is asked for many times. */
  interface Drawn extends Pick<CSSStyleDeclaration, 'display' | 'position' | 'overflowX' | 'overflowY'> {
    readonly frame: DOMRect;
  }
  const drawn = new Map<Element, Drawn>();
  const unseen = new Map<Element, boolean>();
  const blocks = new Map<Element, Element>();
  /** Minimum sizes of controls in px. The system draws checkboxes. */
  const least = { width: 20, height: 16, tick: 12, field: 50, scroller: 60 };
  const ticks = 'input[type=checkbox], input[type=radio]';
  /** Controls that may be small: marks on a chart, and controls that also have keys. */
  const small = '[data-testid=chart-events] button, [aria-hidden=true] button';
  const fields = `input:not([type=checkbox], [type=radio], [type=range], [type=color]), textarea, [role=combobox]`;
  const found = new Set<string>();
  const texts: DrawnPart[] = [];
  const parts: DrawnPart[] = [];
  const known = new Set(
    [...document.querySelectorAll(values)].map((each) => (each.textContent ?? '').trim()),
  );
  const figures =
    /(?:[</]?\d[\d.,:]*|∞)(?: ?(?:B|KiB|MiB|GiB|TiB|PiB|%|ms|s|min|h|d)\b)?(?:\/s)?|\S*[\p{L}\d][.:/@_]+[\p{L}\d…]\S*|\S*\d\S*/gu;
  const hasWords = (text: string): boolean => /\p{L}{2}/u.test(text.replaceAll(figures, ' '));

  const roots = [...document.querySelectorAll(within)];
  for (const root of roots) {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) checkText(node as Text);
    for (const element of root.querySelectorAll('[aria-label], [data-tip], [title], [placeholder], [alt]'))
      checkNames(element);
    for (const element of root.querySelectorAll(pressed)) checkControl(element);
    for (const element of [root, ...root.querySelectorAll('*')]) checkScroller(element);
  }
  checkOverlaps();
  return [...found];

  function checkText(node: Text): void {
    const parent = node.parentElement;
    const text = node.data.trim();
    if (parent === null || text === '' || !isShown(parent) || isScrolledAside(parent)) return;
    // Other people's texts may begin with a bracket too, and may end in an ellipsis.
    if (parent.closest('bdi, [dir=auto], code') !== null || known.has(text))
      checkBox(node, parent, text, isChoiceOfOurs(parent, text));
    else if (isApart(parent)) return;
    else if (!isInBrackets(node, parent) && hasWords(text)) found.add(`not ours: ${text}`);
    else if (!isUnseen(parent)) checkBox(node, parent, text, true);
  }

  function checkNames(element: Element): void {
    if (isApart(element) || !isShown(element)) return;
    for (const name of ['aria-label', 'data-tip', 'title', 'placeholder', 'alt']) {
      const text = element.getAttribute(name)?.trim() ?? '';
      if (text === '' || known.has(text)) continue;
      // A name may stand on a line above its description.
      for (const line of text.split('\n'))
        if (!line.startsWith('[') && !known.has(line) && hasWords(line))
          found.add(`not ours, ${name}: ${line}`);
    }
  }

  function checkControl(element: Element): void {
    if (element.closest(`${apart}, .xterm, .u-wrap`) !== null || !isShown(element) || isUnseen(element))
      return;
    const rect = element.getBoundingClientRect();
    const name = nameOf(element);
    const isTick = element.matches(ticks);
    const width = isTick ? least.tick : element.matches(fields) ? least.field : least.width;
    const height = isTick ? least.tick : least.height;
    if ((rect.width < width || rect.height < height) && !element.matches(small))
      found.add(`squeezed to ${Math.round(rect.width)} x ${Math.round(rect.height)}: ${name}`);
    const spot = spotOf(rect, element.parentElement, true);
    if (spot === null) found.add(`cut off, control: ${name}`);
    else keep(parts, { ...spot, name, element });
  }

  /** A scroll container that is too small makes its content unreachable. */
  function checkScroller(element: Element): void {
    if (element.scrollHeight <= element.clientHeight + 4 || element.matches(fields)) return;
    if (element.closest(`${apart}, .xterm`) !== null || !isScrolled(drawnOf(element).overflowY)) return;
    if (!isShown(element) || element.clientHeight >= least.scroller) return;
    found.add(`scrolls in ${element.clientHeight} px: ${(element.textContent ?? '').trim().slice(0, 40)}`);
  }

  function nameOf(element: Element): string {
    const own = element.getAttribute('aria-label') ?? element.textContent?.trim() ?? '';
    return (own || element.getAttribute('data-testid') || element.tagName)
      .replaceAll(/\s+/g, ' ')
      .slice(0, 60);
  }

  function isShown(element: Element): boolean {
    return element.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true });
  }

  /** Whether a cell of a wide grid is not wholly in view. Arrow keys bring each cell into view. */
  function isScrolledAside(element: Element): boolean {
    const cell = element.closest('[role=gridcell], [role=columnheader]')?.getBoundingClientRect();
    const grid = element.closest('[role=grid]')?.getBoundingClientRect();
    return cell !== undefined && grid !== undefined && (cell.right > grid.right || cell.left < grid.left);
  }

  function isApart(element: Element): boolean {
    return element.closest(`${apart}, ${values}`) !== null;
  }

  /** Whether an element is for screen readers only. */
  function isUnseen(element: Element): boolean {
    let is = unseen.get(element);
    if (is === undefined) {
      const { width, height } = element.getBoundingClientRect();
      const parent = element.parentElement;
      is = (width <= 1 && height <= 1) || (parent !== null && isUnseen(parent));
      unseen.set(element, is);
    }
    return is;
  }

  function drawnOf(element: Element): Drawn {
    let known = drawn.get(element);
    if (known === undefined) {
      const { display, position, overflowX, overflowY } = getComputedStyle(element);
      known = { display, position, overflowX, overflowY, frame: element.getBoundingClientRect() };
      drawn.set(element, known);
    }
    return known;
  }

  /** Options of a select may be names from other people. */
  function isChoiceOfOurs(parent: Element, text: string): boolean {
    return parent.closest('[role=combobox]') !== null && text.startsWith('[') && text.endsWith('~]');
  }

  /** A sentence with markup is several text nodes of one element; the brackets are around them all. */
  function isInBrackets(node: Text, parent: Element): boolean {
    if (node.data.includes('[')) return true;
    const all = (parent.textContent ?? '').trim();
    return all.startsWith('[') && all.endsWith(']');
  }

  function checkBox(node: Text, parent: Element, text: string, isWhole: boolean): void {
    const range = document.createRange();
    range.selectNodeContents(node);
    const rect = range.getBoundingClientRect();
    if (rect.width === 0) return;
    const spot = spotOf(rect, parent, isWhole);
    if (spot !== null) keep(texts, { ...spot, name: text, element: parent });
    else if (isWhole) found.add(`cut off: ${text}`);
  }

  /** Position of an element. null = cut off, or fully hidden where cutting is allowed. */
  function spotOf({ left, right, top, bottom }: Box, from: Element | null, isWhole: boolean): Spot | null {
    let box: Box = { left, right, top, bottom };
    let sight = box;
    let scroller: Element | null = null;
    let layer: Element | null = null;
    for (let each = from; each !== null; each = each.parentElement) {
      const { display, position, overflowX, overflowY, frame } = drawnOf(each);
      if (display === 'inline' || display === 'contents') continue;
      const beyondX = box.right > frame.right + 1 || box.left < frame.left - 1;
      // Content that can be scrolled to is not cut off.
      const beyondY = scroller === null && (box.bottom > frame.bottom + 3 || box.top < frame.top - 3);
      // Nobody scrolls sideways to read a sentence.
      if ((overflowX !== 'visible' && beyondX) || (isHiding(overflowY) && beyondY)) {
        if (isWhole) return null;
        box = common(box, scroller === null ? frame : { ...box, left: frame.left, right: frame.right });
      }
      sight = common(sight, box);
      if (isScrolled(overflowY)) {
        scroller ??= each;
        sight = common(sight, frame);
      }
      if (box.right <= box.left || box.bottom <= box.top) return null;
      const isOver = position === 'fixed' || each.matches('dialog, [popover], [role=dialog]');
      if (isOver || position === 'sticky') layer ??= each;
      if (position === 'fixed') break;
    }
    return { box, sight, scroller, layer };
  }

  function keep(things: DrawnPart[], thing: DrawnPart): void {
    const { box, scroller, name } = thing;
    const isBeyondX = box.left < -1 || box.right > innerWidth + 1;
    const isBeyondY = scroller === null && (box.top < -1 || box.bottom > innerHeight + 1);
    if (isBeyondX || isBeyondY) found.add(`outside the window: ${name}`);
    things.push(thing);
  }

  function checkOverlaps(): void {
    for (const [at, one] of texts.entries()) {
      // Parts of one sentence share lines.
      for (const other of texts.slice(at + 1))
        if (areOver(one, other, 5) && blockOf(one.element) !== blockOf(other.element)) tell(one, other);
      for (const other of parts)
        if (areOver(one, other, 5) && !isAround(other.element, one.element))
          if (!isNamedBy(other.element, one.element)) tell(one, other);
    }
    for (const [at, one] of parts.entries())
      for (const other of parts.slice(at + 1))
        if (areOver(one, other, 3) && !isAround(one.element, other.element))
          if (!isAround(other.element, one.element)) tell(one, other);
  }

  /** Letters reach slightly into the lines above and below. */
  function areOver(one: DrawnPart, other: DrawnPart, slack: number): boolean {
    if (one.layer !== other.layer) return false;
    const isTogether = one.scroller === other.scroller;
    const { left, right, top, bottom } = isTogether
      ? common(one.box, other.box)
      : common(one.sight, other.sight);
    return right - left > 2 && bottom - top > slack;
  }

  function tell(one: DrawnPart, other: DrawnPart): void {
    found.add(`over each other: ${one.name} / ${other.name}`);
  }

  /** A row is a control around its own controls. */
  function isAround(outer: Element, inner: Element): boolean {
    if (outer.contains(inner)) return true;
    return outer.matches('[data-row]') && outer.parentElement?.contains(inner) === true;
  }

  /** Whether a control's label contains the text, as with a checkbox. */
  function isNamedBy(control: Element, text: Element): boolean {
    return control.closest('label')?.contains(text) === true;
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
    let block = blocks.get(element);
    if (block === undefined) {
      const { parentElement } = element;
      const isInline = parentElement !== null && drawnOf(element).display.startsWith('inline');
      block = isInline ? blockOf(parentElement) : element;
      blocks.set(element, block);
    }
    return block;
  }

  function isHiding(overflow: string): boolean {
    return overflow === 'hidden' || overflow === 'clip';
  }

  function isScrolled(overflow: string): boolean {
    return overflow === 'auto' || overflow === 'scroll';
  }
}
