import type { Page } from '@playwright/test';

/** What would move or fade in the page as it is, and for how long: running, or as soon as something changes. */
export async function motions(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    /** Milliseconds; a computed time is in seconds. */
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
