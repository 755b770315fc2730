/** Rules for backups, from the dialog to deletions on the panel. */
import type { SandboxProcess } from '../support/sandbox-process.js';
import { seriousProblems } from './axe.js';
import { answerWith, asked, connected } from './closing.js';
import { Keyboard } from './keyboard.js';
import { choose, ServerWindow } from './pages.js';
import { expect, test } from './perch.js';
import { setClock } from './set-clock.js';

interface Listed {
  readonly attributes: { readonly uuid: string; readonly completed_at: string | null };
}

/** The backups of a server on the panel, oldest first. */
async function backupsOf(sandbox: SandboxProcess, identifier: string): Promise<Listed['attributes'][]> {
  const { data } = (await sandbox.ask(`/api/client/servers/${identifier}/backups`)) as { data: Listed[] };
  return data.map(({ attributes }) => attributes);
}

/** Makes a backup with the panel's own page, so that Perch does not know who made it. */
async function backUp(sandbox: SandboxProcess, identifier: string): Promise<string> {
  const answer = await fetch(new URL(`/api/client/servers/${identifier}/backups`, sandbox.panel), {
    method: 'POST',
    headers: {
      accept: 'application/json',
      authorization: `Bearer ${sandbox.keys.owner}`,
      'content-type': 'application/json',
    },
    body: '{}',
  });
  const { attributes } = (await answer.json()) as Listed;
  return attributes.uuid;
}

test('a rule is set by keyboard with a preview, and Perch then deletes backups that the rule does not keep', async ({
  sandbox,
  launch,
}) => {
  const perch = await launch();
  const main = await connected(perch, sandbox);
  const { page } = main;
  const keys = new Keyboard(page);
  const dialog = page.getByTestId('backup-rule-question');
  const identifier = sandbox.servers.find(({ name }) => name === 'Survival')?.identifier ?? '';
  await sandbox.control({ do: 'panel', backupThrottle: { limit: 2, period: 0 } });
  const uuids = async (): Promise<string[]> => (await backupsOf(sandbox, identifier)).map(({ uuid }) => uuid);
  const made = async (): Promise<string> => {
    const uuid = await backUp(sandbox, identifier);
    const isDone = async (): Promise<boolean> => {
      const all = await backupsOf(sandbox, identifier);
      return all.some((each) => each.uuid === uuid && each.completed_at !== null);
    };
    await expect.poll(isDone, { timeout: 30_000 }).toBe(true);
    return uuid;
  };

  const first = await made();

  await test.step('the dialog lists the remaining backups before saving', async () => {
    await answerWith(perch, 'Let Perch delete');
    await main.fleetRow('Survival').click({ button: 'right' });
    await page.getByTestId('menu-backup-rule').click();
    await expect(page.getByTestId('rule-preview-none')).toBeVisible();
    await choose(page.getByTestId('rule-keep'), 'numbers');
    for (const [tier, count] of [
      ['last', '2'],
      ['daily', '0'],
      ['weekly', '0'],
      ['monthly', '0'],
    ] as const) {
      await keys.tabTo(page.getByTestId(`keep-${tier}`));
      await keys.replace(count);
    }
    await keys.tabTo(page.getByTestId('rule-preview-day'));
    await expect(page.getByTestId('rule-preview-count')).toContainText('3 backups exist');
    await keys.press('Home');
    await expect(page.getByTestId('rule-preview-count')).toContainText('2 backups exist');
    await keys.press('End');
    await choose(page.getByTestId('rule-by-hand'), 'yes');
    await expect(page.getByTestId('rule-preview-count')).toContainText('2 backups exist');
    expect(await seriousProblems(page)).toEqual([]);
    expect(await uuids()).toEqual([first]);
    await keys.tabTo(page.getByTestId('backup-rule-save'));
    await keys.press('Enter');
    await expect(dialog).toBeHidden();
    expect((await asked(perch)).map(({ message }) => message)).toEqual([
      'Let Perch delete backups of “Survival”?',
    ]);
  });

  await test.step('the third backup removes the first backup', async () => {
    const second = await made();
    const third = await made();
    await expect.poll(uuids, { timeout: 20_000 }).toEqual([second, third]);
    await page.getByRole('button', { name: 'Events' }).first().click();
    const events = page.getByTestId('events-view');
    await expect(events).toContainText('Backup of Survival deleted');
    await expect(events).toContainText('By your rule for backups.');
  });

  await test.step('a plan makes the next backup at its time', async () => {
    const before = await uuids();
    await page.getByRole('button', { name: 'All servers' }).first().click();
    await main.fleetRow('Survival').click({ button: 'right' });
    await page.getByTestId('menu-backup-rule').click();
    await choose(page.getByTestId('rule-plan'), 'daily');
    const minute = 60_000;
    const due = Math.ceil((Date.now() + 2 * minute) / minute) * minute;
    await page.getByTestId('rule-plan-time').fill(new Date(due).toTimeString().slice(0, 5));
    expect(await seriousProblems(page)).toEqual([]);
    await page.getByTestId('backup-rule-save').click();
    await expect(dialog).toBeHidden();
    await main.openServer('Survival');
    await new ServerWindow(page).tab('Backups');
    const plan = page.getByTestId('backup-plan');
    await expect(plan).toContainText('Next backup by plan');
    // A timer does not see that the clock changes, but Perch looks at the time after each change of a setting.
    await setClock(perch.app, page, due - 2000 - Date.now());
    await page.evaluate(() => window.perch.call('settings.update', { theme: 'dark' }));
    const planned = async (): Promise<string[]> => (await uuids()).filter((uuid) => !before.includes(uuid));
    await expect.poll(planned, { timeout: 60_000 }).toHaveLength(1);
    await expect(plan).toContainText(/Next backup by plan: tomorrow .* good/);
    // The plan is a rule of the engine: its run leaves a trace.
    const traces = (): Promise<unknown> =>
      page.evaluate(async () => {
        const all = { ruleId: null, serverId: null, before: null, count: 50 };
        return window.perch.call('rules.records', all);
      });
    const steps = [{ outcome: 'done' }, { outcome: 'waited' }];
    await expect.poll(traces).toMatchObject({ value: { records: [{ end: 'done', steps }] } });
    await page.keyboard.press('Escape');
  });

  await test.step('the settings list the rule, and remove it', async () => {
    await page.getByRole('button', { name: 'Settings' }).click();
    const rule = page.getByTestId('backup-rule');
    await expect(rule).toContainText(
      'Server · the 2 newest stay · backups made by hand follow the rule, too',
    );
    await rule.getByTestId('backup-rule-remove').click();
    await expect(rule).toHaveCount(0);
  });
});
