/** A rule from its first key to its trace, against real servers. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { choosing } from './chosen-file.js';
import { connected } from './closing.js';
import { CommandLine } from './command-line.js';
import { Keyboard } from './keyboard.js';
import { choose } from './pages.js';
import { expect, test } from './perch.js';
import { Pictures } from './pictures.js';

test('a rule is made by keys, runs, and its trace gives the reason', async ({ desktop, sandbox, launch }) => {
  const perch = await launch();
  const page = await perch.window('main');
  const pictures = new Pictures(perch, page);
  const keys = new Keyboard(page);
  const main = await connected(perch, sandbox);

  await test.step('an empty page explains rules; keys alone make one', async () => {
    await keys.press('Control+k');
    await keys.type('automation');
    await keys.press('Enter');
    await expect(page.getByRole('heading', { name: 'Automation' })).toBeVisible();
    await pictures.take('rules-none');
    await keys.tabTo(page.getByTestId('rule-new'));
    await keys.press('Enter');
    await pictures.take('blueprints');
    await keys.tabTo(page.getByTestId('new-rule').getByTestId('blueprint-scratch'));
    await keys.press('Enter');
    await expect(page.getByLabel('Name')).toBeFocused();
    await keys.type('Answer');
    await keys.tabTo(page.getByTestId('rule-trigger'));
    await keys.press('Enter');
    await keys.type('A line');
    await keys.press('Enter');
    await keys.press('Control+s');
    await expect(page.getByTestId('section-fault')).toContainText('at least one step');
    await pictures.take('rule-editor-faults');
    await page.getByTestId('trigger-line').fill('is * there');
    await choose(page.getByTestId('rule-target'), 'server');
    await page.getByTestId('target-server').click();
    await page.getByRole('option', { name: 'Survival' }).click();
  });

  await test.step('a condition shows whether it is true now, with value, source and age', async () => {
    await page.getByTestId('rule-condition-add').click();
    await expect(page.getByTestId('leaf-seen')).toContainText('true');
    await expect(page.getByTestId('leaf-seen')).toContainText('running, from the node');
    await page.getByTestId('condition-more').click();
    await page.getByTestId('condition-into-all').click();
    await expect(page.getByTestId('leaf-seen')).toHaveCount(2);
    await pictures.take('rule-editor', () => page.getByTestId('rule-condition').scrollIntoViewIfNeeded());
  });

  await test.step('steps: a command, and an "if" with a notification', async () => {
    await page.getByTestId('step-add').click();
    await page.getByTestId('step-new-command').click();
    await expect(page.getByTestId('step-command')).toBeFocused();
    await keys.type('say The rule is here');
    await page.getByTestId('step-add').click();
    await page.getByTestId('step-new-if').click();
    await choose(page.getByTestId('step-condition').getByTestId('leaf-kind'), 'hours');
    const hours = page.getByTestId('step-condition');
    await hours.getByTestId('leaf-to').fill('01:00');
    await expect(hours.getByTestId('leaf-fault')).toContainText('Start and end are the same time');
    await hours.getByTestId('leaf-from').fill('00:00');
    await hours.getByTestId('leaf-to').fill('23:59');
    await expect(hours.getByTestId('leaf-fault')).toHaveCount(0);
    await page.getByTestId('step-add').first().click();
    await page.getByTestId('step-new-notify').click();
    await expect(page.getByTestId('step-notify')).toBeFocused();
    await keys.type('Somebody asked');
    await pictures.take('rule-editor-steps', () =>
      page.getByTestId('steps').first().scrollIntoViewIfNeeded(),
    );
    await keys.press('Control+s');
    await expect(page.getByTestId('agreement-words')).toContainText('say The rule is here');
    await pictures.take('rule-agreement');
    await page.getByTestId('rule-agree').click();
    await expect(page.getByTestId('rule-words')).toContainText('is * there');
    await pictures.take('rules-list');
  });

  await test.step('a dry run sends no signal', async () => {
    await page.getByTestId('rule-more').click();
    await page.getByTestId('rule-dry-run').click();
    await expect(page.getByTestId('run')).toHaveAttribute('data-end', 'done');
    await pictures.take('rule-dry-run');
    await keys.press('Escape');
  });

  await test.step('the rule runs, and its trace gives the reason', async () => {
    await main.openServer('Survival');
    await main.sendCommand('say is anybody there');
    await expect.poll(() => main.consoleText(), { timeout: 20_000 }).toContain('The rule is here');
    await keys.press('Control+k');
    await keys.type('automation');
    await keys.press('Enter');
    await page.getByRole('tab', { name: 'Runs' }).click();
    const run = page.getByTestId('run').filter({ hasText: 'All steps are done' }).first();
    await run.getByRole('button').click();
    await expect(page.getByTestId('run-cause')).toContainText('is anybody there');
    await expect(page.getByTestId('run-seen')).toContainText('running, from the node');
    await expect(page.getByTestId('run-steps')).toContainText('say The rule is here');
    await pictures.take('rule-runs');
  });

  await test.step('the command line lists the rule, and prints its last run', async () => {
    const cli = new CommandLine(desktop.env, perch.dataFolder);
    const listed = await cli.run(['rules']);
    expect(listed).toMatchObject({ code: 0, err: '' });
    expect(listed.out).toMatch(/^RULE +STATE +FOR +NEXT RUN +LAST RUN +ENDED\nAnswer +on +Survival /);
    const { out } = await cli.run(['rules', 'answer', '-n', '50']);
    expect(out).toMatch(/^Answer: on\n.*is \* there.* · Survival\n {2}1\. Send “say The rule is here” to/);
    expect(out).toMatch(/ {2}Survival {2}All steps are done\n {2}Cause: .*is anybody there/);
    expect(out).toMatch(/^ {2}State: running, from the node, .* old \(true\)$/m);
    expect(out).toMatch(/^ {2}1\. Send “say The rule is here” to .*: done /m);
    expect((await cli.run(['rules', 'Nothing'])).code).toBe(4);
  });

  await test.step('a blueprint makes a rule that starts servers one after the other', async () => {
    await page.getByTestId('rule-new').click();
    await page.getByTestId('blueprint-nightly-restart').click();
    await page.getByTestId('blueprint-create').click();
    await expect(page.getByTestId('new-rule')).toContainText('Choose a server or a group.');
    await page.getByTestId('blueprint-target').click();
    await page.getByRole('option', { name: 'Survival' }).click();
    await pictures.take('blueprint-restart');
    await page.getByTestId('blueprint-back').click();
    await page.getByTestId('blueprint-start-in-order').click();
    for (const name of ['Survival', 'Creative']) {
      await page.getByTestId('add-server').click();
      await page.getByRole('option', { name }).click();
    }
    await pictures.take('blueprint-order');
    await page.getByTestId('blueprint-create').click();
    await page.getByRole('tab', { name: 'Rules' }).click();
    const rule = page.getByTestId('rule').filter({ hasText: 'Start in order' });
    await rule.getByTestId('rule-more').click();
    await page.getByTestId('rule-run-now').click();
    await expect(rule).toContainText('All steps are done', { timeout: 60_000 });
    await main.openServer('Creative');
    await expect(main.state).toContainText('running');
  });

  await test.step('rules go to a file, and come back without an agreement', async () => {
    const path = join(perch.dataFolder, 'rules-of-a-friend.json');
    await choosing(perch, path);
    await keys.press('Control+k');
    await keys.type('automation');
    await keys.press('Enter');
    await page.getByTestId('rules-more').focus();
    await keys.press('Enter');
    await keys.arrowTo(page.getByTestId('rules-export-all'), 'ArrowDown');
    await keys.press('Enter');
    await expect(page.getByTestId('rules-saved')).toContainText('rules-of-a-friend.json');
    const text = readFileSync(path, 'utf8');
    expect(JSON.parse(text)).toMatchObject({
      perch: 'rules',
      rules: [{ agreedAt: null }, { agreedAt: null }],
    });
    await page.getByTestId('rules-more').focus();
    await keys.press('Enter');
    await keys.arrowTo(page.getByTestId('rules-import'), 'ArrowDown');
    await keys.press('Enter');
    const preview = page.getByTestId('rules-preview');
    await expect(preview.getByTestId('rules-found')).toHaveCount(2);
    await expect(preview).toContainText('A rule with this name already exists');
    await pictures.take('rules-import');
    await preview.getByRole('checkbox').nth(1).uncheck();
    await page.getByTestId('rules-import-go').focus();
    await keys.press('Enter');
    await expect(page.getByTestId('rule')).toHaveCount(3);
    await expect(page.getByTestId('rule-read')).toHaveCount(1);
  });
});
