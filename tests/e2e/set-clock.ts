import type { ElectronApplication, Page } from '@playwright/test';

/** Changes the wall clock for main and the window, by so many ms. */
export async function setClock(app: ElectronApplication, page: Page, by: number): Promise<void> {
  const set = (ms: number): void => {
    const { now } = Date;
    Date.now = () => now() + ms;
  };
  await app.evaluate((_electron, ms) => {
    const { now } = Date;
    Date.now = () => now() + ms;
  }, by);
  await page.evaluate(set, by);
}
