import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from '@playwright/test';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface AxeScope {
  /** Ids of rules to check; undefined = all. */
  readonly only?: readonly string[];
  /** Selector of the checked part; undefined = the whole page. */
  readonly within?: string;
}

/** Layers that keep people from the page below. */
const layers = ['[role=menu]', 'dialog:modal'];

/** Selector of the layer over the page; undefined = none. The page below has been checked without it. */
export function layerOver(page: Page): Promise<string | undefined> {
  return page.evaluate(
    (selectors) => selectors.find((selector) => document.querySelector(selector) !== null),
    layers,
  );
}

/** Most looks at a view with a problem: a colour that is still changing is no problem. */
const mostLooks = 4;
/** Ms between two looks. */
const restMs = 400;

/** Lasting violations that axe rates serious or critical, as text. */
export async function seriousProblems(page: Page, looked: AxeScope = {}): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(source);
  let found = await problemsNow(page, looked);
  for (let looks = 1; looks < mostLooks && found.length > 0; looks++) {
    await page.waitForTimeout(restMs);
    found = await problemsNow(page, looked);
  }
  return found;
}

function problemsNow(page: Page, { only, within }: AxeScope): Promise<string[]> {
  return page.evaluate(
    async ({ rules, selector }) => {
      const { axe } = window as unknown as { axe: typeof import('axe-core') };
      // The rule "region" is neither serious nor critical, and takes as long as twenty others.
      const runOnly =
        rules === null
          ? { rules: { region: { enabled: false } } }
          : { runOnly: { type: 'rule' as const, values: rules } };
      // A layer may close before the check, which then reads the page below the layer.
      const part = selector === null ? null : document.querySelector(selector);
      const { violations } = await axe.run(part ?? document, { resultTypes: ['violations'], ...runOnly });
      return violations
        .filter(({ impact }) => impact === 'serious' || impact === 'critical')
        .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`);
    },
    { rules: only === undefined ? null : [...only], selector: within ?? null },
  );
}
