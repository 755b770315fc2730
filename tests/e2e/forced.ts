import type { Locator } from '@playwright/test';

/** How something is drawn, but for its words: what two states have to differ in where colours are not ours. */
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
