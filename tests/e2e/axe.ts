import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from '@playwright/test';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Looked {
  /** Ids of rules to check; undefined = all. */
  readonly only?: readonly string[];
  /** Selector of the checked part; undefined = the whole page. */
  readonly within?: string;
}

/** Violations that axe rates serious or critical, as text. */
export async function seriousProblems(page: Page, { only, within }: Looked = {}): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(source);
  return page.evaluate(
    async ({ rules, selector }) => {
      const { axe } = window as unknown as { axe: typeof import('axe-core') };
      const runOnly = rules === null ? {} : { runOnly: { type: 'rule' as const, values: rules } };
      const { violations } = await axe.run(selector ?? document, { resultTypes: ['violations'], ...runOnly });
      return violations
        .filter(({ impact }) => impact === 'serious' || impact === 'critical')
        .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`);
    },
    { rules: only === undefined ? null : [...only], selector: within ?? null },
  );
}
