/** Elements of a page that are wider than their view, so that a person must scroll sideways or cannot see them whole. */
import type { Page } from '@playwright/test';

export async function tooWide(page: Page): Promise<string[]> {
  return page.evaluate(look);
}

/** Runs in the page, so it uses nothing from outside its body. */
function look(): string[] {
  /** Grids scroll sideways; a terminal and drawings have no layout of the page; texts in boxes may be cut off. */
  const apart = '[role=grid], [role=treegrid], .xterm, svg, textarea, pre, .unseen';
  const found = new Set<string>();
  /** Found elements, without those around them. */
  const wide: Element[] = [];
  for (const element of [...document.querySelectorAll('body *')].toReversed()) {
    if (wide.some((inner) => element.contains(inner))) continue;
    const box = element.getBoundingClientRect();
    if (box.width <= 1 || box.height <= 1 || element.closest(apart) !== null) continue;
    if (!element.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true })) continue;
    const frame = frameOf(element);
    if (frame === null) continue;
    const by = Math.round(Math.max(box.right - frame.right, frame.left - box.left));
    if (by <= 1) continue;
    wide.push(element);
    found.add(`${by} px too wide: ${nameOf(element)}`);
  }
  return [...found];

  /** The part of the window in which the element is seen. null = a text that an ellipsis cuts. */
  function frameOf(element: Element): { readonly left: number; readonly right: number } | null {
    let [left, right] = [0, innerWidth];
    for (let each: Element | null = element; each !== null; each = each.parentElement) {
      const { overflowX, textOverflow, position } = getComputedStyle(each);
      if (each === element && position !== 'fixed') continue;
      if (textOverflow === 'ellipsis') return null;
      if (overflowX !== 'visible') {
        const { left: start, width } = each.getBoundingClientRect();
        left = Math.max(left, start);
        right = Math.min(right, start + width);
      }
      if (position === 'fixed') break;
    }
    return { left, right };
  }

  function nameOf(element: Element): string {
    const name = element.getAttribute('aria-label') ?? element.textContent?.trim() ?? '';
    const kind = element.getAttribute('data-testid') ?? [element.localName, ...element.classList].join('.');
    return `${kind} "${name.replaceAll(/\s+/g, ' ').slice(0, 40)}"`;
  }
}
