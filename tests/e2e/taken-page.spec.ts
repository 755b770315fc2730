/** A script in a compromised page calls main: no powerful call succeeds without a press. */
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import type { Page } from '@playwright/test';
import type { CallName } from '../../bridge/schema/contract.js';
import { attacks } from '../support/taken-page.js';
import { answerWith, asked, connected } from './closing.js';
import { expect, press, test } from './perch.js';

/** Main's answer to a call of the page: `done`, or the code of the refusal. */
function called(page: Page, name: CallName, input: unknown): Promise<string> {
  return page.evaluate(
    async ([one, given]) => {
      const envelope = await window.perch.call(one, given);
      return envelope.ok ? 'done' : envelope.error.code;
    },
    [name, input] as const,
  );
}

test('without a press a page has no power, and with a press it can make one call', async ({
  desktop,
  sandbox,
  launch,
}) => {
  const perch = await launch();
  const main = await connected(perch, sandbox);
  const page = await perch.window('main');
  const idOf = async (name: string): Promise<string> =>
    (await main.fleetRow(name).getAttribute('data-server')) ?? '';
  const [survival, lobby] = [await idOf('Survival'), await idOf('Lobby')];
  const accountId = survival.split('/')[0] ?? '';
  await answerWith(perch, 'Refuse');
  await perch.app.evaluate(({ clipboard }, key) => clipboard.writeText(key), `ptlc_${'z'.repeat(43)}`);
  const heard: unknown[] = [];
  const attacker = createServer((socket) => heard.push(socket.remoteAddress)).listen(0, '127.0.0.1');
  await once(attacker, 'listening');
  const { port } = attacker.address() as AddressInfo;
  // The presses that connected the panel are too old by now.
  await page.waitForTimeout(6000);

  expect(await called(page, 'settings.update', { confirmStop: true })).toBe('done');

  await test.step('each call that has power is refused, and a person is asked once', async () => {
    for (const [name, input] of Object.entries(attacks)) {
      expect(await called(page, name as CallName, input), name).toBe('forbidden');
    }
    expect(await asked(perch)).toHaveLength(1);
  });

  await test.step('neither a script’s click nor a script’s key is a press', async () => {
    await page.evaluate(() => {
      const button = document.querySelector('button');
      button?.focus();
      for (const type of ['pointerdown', 'mousedown', 'pointerup', 'mouseup', 'click'])
        button?.dispatchEvent(new MouseEvent(type, { bubbles: true }));
      for (const type of ['keydown', 'keypress', 'keyup'])
        document.body.dispatchEvent(new KeyboardEvent(type, { key: 'x', bubbles: true }));
    });
    expect(await called(page, 'power.send', { serverId: survival, signal: 'kill' })).toBe('forbidden');
  });

  await test.step('a press stops one server, and no second', async () => {
    await press(page);
    expect(await called(page, 'power.send', { serverId: lobby, signal: 'stop' })).toBe('done');
    expect(await called(page, 'power.send', { serverId: survival, signal: 'stop' })).toBe('forbidden');
    await expect(main.fleetRow('Lobby')).toContainText('offline', { timeout: 20_000 });
    await expect(main.fleetRow('Survival')).toContainText('running');
  });

  await test.step('a press is not enough for a key, a proxy and the end of everything', async () => {
    const before = (await asked(perch)).length;
    const url = `http://127.0.0.1:${port}`;
    await press(page);
    expect(await called(page, 'clipboard.take', { accountId: null })).toBe('done');
    for (const [name, input] of [
      ['accounts.add', { url, key: null, keep: 'memory' }],
      ['network.setProxy', attacks['network.setProxy']],
      ['bulk.start', { serverIds: [survival, lobby], action: 'kill', waitsForEach: false }],
      ['accounts.allowUnencrypted', { accountId }],
    ] as const) {
      await press(page);
      expect(await called(page, name, input), name).toBe('forbidden');
    }
    expect((await asked(perch)).length).toBe(before + 4);
    expect(heard).toEqual([]);
  });

  await test.step('no address of a cloud gets a question, pressed or not', async () => {
    await press(page);
    expect(await called(page, 'panel.probe', { url: 'http://169.254.169.254/' })).toBe('done');
    await press(page);
    const key = `ptlc_${'y'.repeat(43)}`;
    expect(await called(page, 'accounts.add', { url: 'http://169.254.169.254/', key, keep: 'memory' })).toBe(
      'panel-unreachable',
    );
  });

  await test.step('the keys of a real keyboard are presses', async () => {
    await page.waitForTimeout(6000);
    const { output } = await desktop.run('xdotool', ['search', '--onlyvisible', '--name', 'Perch']);
    const [window = ''] = output.trim().split('\n');
    // A press counts for some seconds only, so a press that comes late on a busy machine is made again.
    const isPress = (words: readonly string[], name: CallName, input: unknown): Promise<void> =>
      expect(async () => {
        await desktop.run('xdotool', words);
        await expect.poll(() => called(page, name, input), { timeout: 4000 }).toBe('done');
      }).toPass({ timeout: 30_000 });
    await desktop.run('xdotool', ['windowfocus', '--sync', window]);
    await isPress(['key', 'shift'], 'accounts.rename', { accountId, label: 'Pressed' });
    await page.waitForTimeout(6000);
    const click = ['mousemove', '--window', window, '400', '300', 'click', '3'];
    await isPress(click, 'clipboard.write', { text: 'pressed' });
  });
  attacker.close();
});
