import type { Locator, Page } from '@playwright/test';

/** Appearance of an element apart from its text; two states must differ in it in forced colours. */
export async function drawnAs(what: Locator): Promise<string> {
  return what.evaluate((element) => {
    const drawn = (one: Element, part?: string): string => {
      const style = getComputedStyle(one, part);
      const edges = (['Top', 'Right', 'Bottom', 'Left'] as const).map(
        (side) =>
          `${style[`border${side}Width`]} ${style[`border${side}Style`]} ${style[`border${side}Color`]}`,
      );
      const ring = style.outlineStyle === 'none' ? '' : `${style.outlineStyle} ${style.outlineColor}`;
      return [style.color, style.backgroundColor, style.fontWeight, style.transform, ring, ...edges].join(
        '; ',
      );
    };
    const shapes = [...element.querySelectorAll('svg')].map(({ innerHTML }) => innerHTML);
    const boxes = [...element.querySelectorAll('input')].map(({ checked }) => String(checked));
    return [drawn(element), drawn(element, '::after'), ...shapes, ...boxes].join('\n');
  });
}

/**
 * Unreadable texts in forced colours. The system draws its canvas behind letters whatever their background, unless an
 * element opts out. Axe does not check this.
 */
export async function unreadable(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const probe = document.createElement('i');
    document.body.append(probe);
    const system = (name: string): string => {
      probe.style.color = name;
      return getComputedStyle(probe).color;
    };
    // Includes links and disabled controls, whose system colours are chosen for the canvas.
    const readable = ['CanvasText', 'ButtonText', 'FieldText', 'GrayText', 'LinkText', 'Highlight'].map(
      system,
    );
    probe.remove();
    const hasWords = (element: Element): boolean =>
      [...element.childNodes].some(
        (node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim() !== '',
      );
    return [...document.body.querySelectorAll('*')]
      .filter((element) => hasWords(element) && element.checkVisibility())
      .filter((element) => {
        const { color, forcedColorAdjust } = getComputedStyle(element);
        return forcedColorAdjust === 'auto' && !readable.includes(color);
      })
      .map(
        (element) =>
          `${element.className}: ${element.textContent ?? ''} in ${getComputedStyle(element).color}`,
      );
  });
}
