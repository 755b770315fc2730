import type { Page } from '@playwright/test';

/** Movements and fades in the current page with their durations: running ones, and transitions of the next change. */
export async function motions(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    /** Milliseconds; computed times are in seconds. */
    const longest = (times: string): number => Math.max(...times.split(', ').map(parseFloat)) * 1000;
    const found = [...document.querySelectorAll('*')].flatMap((element) =>
      [undefined, '::before', '::after'].flatMap((part) => {
        const style = getComputedStyle(element, part);
        const isAnimated = style.animationName !== 'none' && longest(style.animationDuration) > 1;
        const isSlow = style.transitionProperty !== 'none' && longest(style.transitionDuration) > 1;
        const isSmooth = style.scrollBehavior === 'smooth';
        return isAnimated || isSlow || isSmooth
          ? [`${element.tagName.toLowerCase()}.${element.getAttribute('class') ?? ''}${part ?? ''}`]
          : [];
      }),
    );
    const running = document
      .getAnimations()
      .map(({ effect }) => `running: ${String(effect?.getTiming().duration)}`);
    return [...new Set([...found, ...running])];
  });
}
