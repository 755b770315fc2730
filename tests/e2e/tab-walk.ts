/**
 * Walks once around the visible controls with Tab and reports faults: a control that is not reached, a lost or trapped
 * focus, a missing ring, a focus out of sight. A group navigated by arrow keys is one stop.
 */
import type { Page } from '@playwright/test';
import { focusIsBack } from './focus-is-back.js';

/** More tab stops than any view has. */
const maxStops = 150;

export async function tabFaults(page: Page): Promise<string[]> {
  const walk = await page.evaluateHandle(walkThrough);
  const found: string[] = [];
  const seen = new Set<number>();
  const reached = new Set<number>();
  const expected = await walk.evaluate((inPage) => inPage.expectedStops());
  for (let stops = 0; ; stops += 1) {
    if (stops === maxStops) return [...found, `Tab comes to no end within ${maxStops} stops`];
    await page.keyboard.press('Tab');
    await focusIsBack(page);
    const { element, stop, faults } = await walk.evaluate((inPage) => inPage.checkFocus());
    if (element === null || stop === null) return [...found, 'the focus is lost'];
    if (seen.has(element)) break;
    seen.add(element);
    reached.add(stop);
    found.push(...faults);
  }
  const unreached = await walk.evaluate(
    (inPage, numbers) => inPage.unreachedFaults(numbers),
    expected.filter((stop) => !reached.has(stop)),
  );
  await walk.dispose();
  return [...found, ...unreached];
}

/** Runs in the page, so it uses no name from outside its body. */
function walkThrough() {
  const controls = 'a[href], button, input, select, textarea, summary, [tabindex], [contenteditable]';
  /** Widgets in which keys other than Tab reach the elements outside the tab order. */
  const composites =
    '[role=grid], [role=treegrid], [role=tablist], [role=listbox], [role=menu], [role=dialog] [role=group], ' +
    '[data-testid=palette], [data-testid=chart-events], .xterm, [aria-hidden=true]';
  /** More frames than the removal of a layer takes, which is two. */
  const layerFrames = 10;
  const elements: Element[] = [];

  function numberOf(element: Element): number {
    const known = elements.indexOf(element);
    return known === -1 ? elements.push(element) - 1 : known;
  }

  function named(element: Element): string {
    const text = element.getAttribute('aria-label') ?? element.textContent ?? '';
    const testid = element.closest('[data-testid]')?.getAttribute('data-testid') ?? '';
    const words = text.replaceAll(/\s+/g, ' ').trim().slice(0, 40);
    return `${element.tagName.toLowerCase()}.${element.className || '-'} “${words}” in ${testid}`;
  }

  /** Tab stop of an element: the radio group, the list, or the element itself. */
  function stopOf(element: Element): Element {
    if (element instanceof HTMLInputElement && element.type === 'radio')
      return document.querySelector(`input[type=radio][name="${CSS.escape(element.name)}"]`) ?? element;
    const list = element.closest('[data-arrows]');
    return list !== null && element.closest('[data-row], [data-row-group]') !== null ? list : element;
  }

  function isThere(element: Element): boolean {
    return (
      element.isConnected &&
      element.checkVisibility({ visibilityProperty: true }) &&
      element.closest('[inert]') === null &&
      !element.matches(':disabled')
    );
  }

  function scope(): ParentNode {
    return [...document.querySelectorAll('dialog:modal')].at(-1) ?? document.body;
  }

  function expectedStops(): number[] {
    const shown = [...scope().querySelectorAll<HTMLElement>(controls)].filter(isThere);
    return [...new Set(shown.filter(({ tabIndex }) => tabIndex >= 0).map((one) => numberOf(stopOf(one))))];
  }

  /** Nearest ancestor with a focus ring. */
  function ringed(element: Element): Element | null {
    for (let at: Element | null = element; at !== null; at = at.parentElement) {
      const { outlineStyle, outlineWidth } = getComputedStyle(at);
      if (outlineStyle !== 'none' && parseFloat(outlineWidth) > 0) return at;
    }
    return null;
  }

  function accent(): string {
    const probe = document.createElement('i');
    probe.style.color = 'var(--accent)';
    document.body.append(probe);
    const { color } = getComputedStyle(probe);
    probe.remove();
    return color;
  }

  /** Part of the element that no ancestor cuts off. */
  function inSight(element: Element): DOMRect {
    let { left, top, right, bottom } = element.getBoundingClientRect();
    for (let at = element.parentElement; at !== null; at = at.parentElement) {
      const box = at.getBoundingClientRect();
      const { overflowX, overflowY } = getComputedStyle(at);
      if (overflowX !== 'visible') [left, right] = [Math.max(left, box.left), Math.min(right, box.right)];
      if (overflowY !== 'visible') [top, bottom] = [Math.max(top, box.top), Math.min(bottom, box.bottom)];
    }
    [left, top] = [Math.max(left, 0), Math.max(top, 0)];
    [right, bottom] = [Math.min(right, innerWidth), Math.min(bottom, innerHeight)];
    return new DOMRect(left, top, Math.max(0, right - left), Math.max(0, bottom - top));
  }

  function isCovered(element: Element, { left, top, width, height }: DOMRect): boolean {
    return ![0.5, 0.1, 0.9].some((share) => {
      const hit = document.elementFromPoint(left + width * share, top + height * 0.5);
      return hit !== null && (element.contains(hit) || hit.contains(element));
    });
  }

  function faultsOf(element: Element): string[] {
    // The caret shows the focus of a field above its list while both are open.
    if (element.matches('.field-of-list')) return [];
    const ring = ringed(element);
    if (ring === null) return [`no ring at ${named(element)}`];
    const { outlineColor, outlineStyle, outlineWidth } = getComputedStyle(ring);
    const style = `${outlineWidth} ${outlineStyle} ${outlineColor}`;
    const sight = inSight(ring);
    const { width, height } = ring.getBoundingClientRect();
    return [
      ...(style === `2px solid ${accent()}` ? [] : [`a ring of its own (${style}) at ${named(element)}`]),
      ...(sight.width >= Math.min(width, 10) && sight.height >= Math.min(height, 10)
        ? []
        : [`out of sight: ${named(element)}`]),
      ...(ring.checkVisibility({ opacityProperty: true }) ? [] : [`not to be seen: ${named(element)}`]),
      ...(isCovered(ring, sight) ? [`covered: ${named(element)}`] : []),
    ];
  }

  /** Faults that stay. A layer that Tab left still covers its neighbours for the frames that its removal takes. */
  async function lastingFaultsOf(element: Element): Promise<string[]> {
    let faults = faultsOf(element);
    for (let frames = 0; faults.length > 0 && frames < layerFrames; frames += 1) {
      await new Promise(requestAnimationFrame);
      faults = faultsOf(element);
    }
    return faults;
  }

  function hasNoFocus(element: Element | null): element is null {
    return element === null || element.matches('body, dialog');
  }

  async function checkFocus(): Promise<{ element: number | null; stop: number | null; faults: string[] }> {
    const { activeElement } = document;
    if (hasNoFocus(activeElement)) return { element: null, stop: null, faults: [] };
    const stop = numberOf(stopOf(activeElement));
    return { element: numberOf(activeElement), stop, faults: await lastingFaultsOf(activeElement) };
  }

  /**
   * Controls that are still there but were not reached, and controls outside the tab order that no other key reaches.
   */
  function unreachedFaults(numbers: readonly number[]): string[] {
    const missed = numbers.flatMap((at) => elements[at] ?? []).filter(isThere);
    const out = [...scope().querySelectorAll<HTMLElement>('button, a, input, select, textarea')].filter(
      (one) => one.tabIndex < 0 && isThere(one) && one.closest(composites) === null,
    );
    return [
      ...missed.map((one) => `Tab does not come to ${named(one)}`),
      ...out.map((one) => `no key leads to ${named(one)}`),
    ];
  }

  return { expectedStops, checkFocus, unreachedFaults };
}
