/** SFTP in the windows: set up after a question, used for a large file, a changed host key, and the withdrawal. */
import { statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FileDrag } from './file-drag.js';
import { ServerWindow } from './pages.js';
import { expect, test } from './perch.js';
import { survivalFiles } from './server-files.js';

/** Bytes above the limit of the sandbox's nodes. */
const largeBytes = 101 * 1_048_576;

test('an SFTP key is set up, used, held against another host key and withdrawn', async ({
  desktop,
  sandbox,
  launch,
}) => {
  test.slow();
  const perch = await launch();
  const { page, main, keys, pictures, on } = await survivalFiles(perch, sandbox);
  await main.openServer('Survival');
  const opener = page.getByTestId('sftp-details');
  const question = page.getByTestId('sftp-question');
  const { uuid = '' } = sandbox.servers.find(({ name }) => name === 'Survival') ?? {};
  const registered = async (): Promise<string[]> => {
    const { data } = (await sandbox.ask('/api/client/account/ssh-keys')) as {
      data: { attributes: { name: string; fingerprint: string } }[];
    };
    return data.map(({ attributes }) => `${attributes.name} SHA256:${attributes.fingerprint}`);
  };
  const { attributes } = (await sandbox.ask(`/api/client/servers/${uuid}`)) as {
    attributes: { node: string };
  };
  const order = (fields: Record<string, unknown>) => sandbox.control({ node: attributes.node, ...fields });

  await test.step('by keys alone: the question, and back without a key', async () => {
    await keys.tabTo(opener);
    await keys.press('Enter');
    await keys.tabTo(page.getByTestId('sftp-set-up'));
    await pictures.take('sftp-off', async () => {
      if (!(await page.getByTestId('sftp-set-up').isVisible())) await opener.click();
    });
    await keys.tabTo(page.getByTestId('sftp-set-up'));
    await keys.press('Enter');
    await expect(question.getByRole('button', { name: 'Cancel' })).toBeFocused();
    await pictures.take('sftp-question');
    await keys.press('Escape');
    await expect(question).toBeHidden();
    await expect(opener).toBeFocused();
    expect(await registered()).toEqual([]);
  });

  const large = join(desktop.folder, 'world.zip');
  writeFileSync(large, 'PK');
  truncateSync(large, largeBytes);

  await test.step('a file above the limit of the node asks for SFTP, and then goes that way', async () => {
    await new ServerWindow(page).tab('Files');
    await expect(page.getByTestId('file-row').first()).toBeVisible({ timeout: 20_000 });
    const drag = await FileDrag.of(page, [large]);
    await drag.dropOn(page.getByTestId('files-count'));
    await page.getByTestId('file-go').click();
    const line = page.getByTestId('transfer');
    await expect(line).toHaveAttribute('data-state', 'failed', { timeout: 60_000 });
    await pictures.take('sftp-offer');
    await line.getByTestId('transfer-set-up-sftp').click();
    await keys.tabTo(question.getByTestId('sftp-agree'));
    await keys.press('Enter');
    await expect(question).toBeHidden({ timeout: 20_000 });
    await expect(line).toHaveAttribute('data-state', 'done', { timeout: 90_000 });
    await expect(line).toContainText('over SFTP');
    await pictures.take('sftp-sent');
    await expect.poll(() => statSync(on('world.zip')).size).toBe(largeBytes);
  });

  await test.step('the key of Perch and the key of the node are shown', async () => {
    await opener.click();
    const fingerprint = await page.getByTestId('sftp-fingerprint').innerText();
    await expect.poll(registered).toEqual([expect.stringMatching(/^Perch on .+ SHA256:/)]);
    expect((await registered())[0]).toContain(fingerprint);
    const { result } = (await order({ do: 'sftp' })) as { result: { hostKey: string } };
    await expect(page.getByTestId('sftp-node-fingerprint')).toHaveText(result.hostKey);
    await pictures.take('sftp-on', async () => {
      if (!(await page.getByTestId('sftp-try').isVisible())) await opener.click();
    });
    await page.getByTestId('sftp-try').click();
    await expect(page.getByTestId('sftp-works')).toBeVisible({ timeout: 20_000 });
    await keys.press('Escape');
    await new ServerWindow(page).tab('Settings');
    await page.getByTestId('settings-tab').getByTestId('sftp-withdraw').scrollIntoViewIfNeeded();
    await pictures.take('sftp-settings', () =>
      page.getByTestId('settings-tab').getByTestId('sftp-withdraw').scrollIntoViewIfNeeded(),
    );
  });

  await test.step('another host key is refused until a person trusts it', async () => {
    const { result: now } = (await order({ do: 'sftp-host-key' })) as { result: { hostKey: string } };
    await order({ do: 'cut-sftp' });
    await opener.click();
    const flyout = page.getByRole('dialog', { name: 'SFTP details' });
    await flyout.getByTestId('sftp-try').click();
    await expect(flyout.getByTestId('sftp-problem')).toBeVisible({ timeout: 20_000 });
    await pictures.take('sftp-changed', async () => {
      if (!(await flyout.isVisible())) await opener.click();
    });
    await flyout.getByTestId('sftp-compare').click();
    const changed = page.getByTestId('host-key-question');
    await expect(changed.getByTestId('host-key-shown')).toHaveText(now.hostKey);
    await expect(changed.getByRole('button', { name: 'Keep the old key' })).toBeFocused();
    await pictures.take('sftp-host-key');
    await keys.press('Enter');
    await expect(changed).toBeHidden();
    await opener.click();
    await flyout.getByTestId('sftp-try').click();
    await expect(flyout.getByTestId('sftp-node-fingerprint')).not.toHaveText(now.hostKey);
    await flyout.getByTestId('sftp-compare').click();
    await changed.getByTestId('host-key-trust').click();
    await expect(changed).toBeHidden();
    await opener.click();
    await expect(flyout.getByTestId('sftp-works')).toBeVisible({ timeout: 20_000 });
    await expect(flyout.getByTestId('sftp-node-fingerprint')).toHaveText(now.hostKey);
    await keys.press('Escape');
  });

  await test.step('the panel keeps the key while it is away, then the key is withdrawn', async () => {
    await page.getByRole('button', { name: 'Settings', exact: true }).click();
    const row = page.getByTestId('account-sftp');
    await expect(row).toBeVisible();
    await sandbox.control({ do: 'panel', maintenance: {} });
    await page
      .getByTestId('account')
      .getByRole('button', { name: /^Remove / })
      .click();
    await expect(page.getByRole('dialog')).toContainText('Perch also removes its SFTP key');
    await pictures.take('sftp-remove');
    await page.getByRole('dialog').getByRole('button', { name: 'Remove panel' }).click();
    await expect(page.getByTestId('remove-anyway')).toBeVisible({ timeout: 20_000 });
    await pictures.take('sftp-not-withdrawn');
    await sandbox.control({ do: 'panel', maintenance: null });
    await row.getByTestId('account-sftp-withdraw').click();
    await expect(row).toHaveCount(0, { timeout: 20_000 });
    expect(await registered()).toEqual([]);
  });
});
