/** The rules that need types, in components. Reads the types of all windows, which takes seconds. */
import { join } from 'node:path';
import { ESLint } from 'eslint';
import { describe, expect, it } from 'vitest';
import { root } from '../setup/paths.mjs';

const eslint = new ESLint({ cwd: root, overrideConfigFile: join(root, 'eslint.types.config.js') });
/** TypeScript judges files of the checkout only, so the probes take the place of one. */
const filePath = join(root, 'renderer/views/start-offer.svelte');

/** Names of the rules that a script or a template breaks. */
async function brokenRules(script: string, template = ''): Promise<(string | null)[]> {
  const [result] = await eslint.lintText(`<script lang="ts">\n${script}\n</script>\n${template}`, {
    filePath,
  });
  return (result?.messages ?? []).map(({ ruleId, message }) => ruleId ?? message);
}

describe('the rules that need types', () => {
  const client = "import { windowState } from '../state/context.js';\nconst { client } = windowState();";

  it.each([
    ['a promise that nobody awaits', "client.call('app.quit');", 'no-floating-promises'],
    ['a promise as a condition', "if (client.call('app.quit')) console.log();", 'no-misused-promises'],
    ['an await of a value', 'async function f() { await 1; }\nvoid f();', 'await-thenable'],
    [
      'a switch that forgets a case',
      "let kind = $state<'a' | 'b'>('a');\nswitch (kind) { case 'a': kind = 'b'; }",
      'switch-exhaustiveness-check',
    ],
  ])('stop %s in the script of a component', async (_, script, rule) => {
    expect(await brokenRules(`${client}\nvoid client;\n${script}`)).toEqual([`@typescript-eslint/${rule}`]);
  });

  it('stop an unawaited promise in a template', async () => {
    const button = "<button onclick={() => { client.call('app.quit'); }}>x</button>";
    expect(await brokenRules(client, button)).toEqual(['@typescript-eslint/no-floating-promises']);
    expect(await brokenRules(client, button.replace('client', 'void client'))).toEqual([]);
  });
});
