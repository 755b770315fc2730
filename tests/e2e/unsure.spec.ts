/** Messages and behaviour when the outcome of an action is unknown. */
import { DeadWire } from '../support/dead-wire.js';
import type { SandboxProcess } from '../support/sandbox-process.js';
import { seriousProblems } from './axe.js';
import { isAnswered } from './error-acts.js';
import { MainWindow, Onboarding, ServerWindow } from './pages.js';
import { expect, test } from './perch.js';

const lostAnswer = (path: string, times = 1): Record<string, unknown> => ({
  do: 'wire',
  wire: { how: 'reset', carriedOut: true, path, times },
});

/** Makes the panel name a controllable proxy as the address of this server's node. */
async function wireTo(sandbox: SandboxProcess, name: string): Promise<DeadWire> {
  const identifier = sandbox.servers.find((server) => server.name === name)?.identifier ?? '';
  const path = `/api/client/servers/${identifier}`;
  const { attributes } = (await sandbox.ask(path)) as { attributes: { node: string } };
  const { data } = (await sandbox.ask(`${path}/websocket`)) as { data: { socket: string } };
  const wire = new DeadWire();
  const port = await wire.start(Number(new URL(data.socket).port));
  await sandbox.control({ do: 'node-address', node: attributes.node, base: `ws://127.0.0.1:${port}` });
  return wire;
}

async function passedOn(sandbox: SandboxProcess, server: string): Promise<string[]> {
  const { result } = (await sandbox.control({ do: 'look', server })) as { result: { passedOn: string[] } };
  return result.passedOn;
}

test('a stop into a dead connection is unconfirmed, then uncertain, and the next state ends the notice', async ({
  sandbox,
  launch,
}) => {
  test.slow();
  const perch = await launch();
  const page = await perch.window('main');
  const main = new MainWindow(page);
  const server = new ServerWindow(page);
  const notice = page.getByTestId('server-problem');
  const wire = await wireTo(sandbox, 'Survival');
  await new Onboarding(page).connect(sandbox.panel, sandbox.keys.owner);
  await main.openServer('Survival');
  await expect(page.getByTestId('console-link')).toContainText('live');
  await expect(main.state).toHaveText(/running/, { timeout: 30_000 });
  wire.setMute(true);
  await server.power('stop').click();
  await expect(main.state).toHaveText(/stop unconfirmed/, { timeout: 40_000 });
  await expect(notice).toContainText('was lost while Perch sent the stop, which may have arrived.', {
    timeout: 60_000,
  });
  await expect(notice).toContainText('Perch shows the result once the node answers again.');
  await expect(notice.getByRole('button', { name: 'Check now' })).toBeVisible();
  await expect(server.power('stop')).toBeEnabled();
  expect(await seriousProblems(page)).toEqual([]);

  wire.setMute(false);
  await expect(page.getByTestId('console-link')).toContainText('live', { timeout: 150_000 });
  // Whatever the outcome was, the message states only known facts.
  await expect(notice).toContainText('has not reacted to the stop, and the confirmation was lost.', {
    timeout: 60_000,
  });
  await expect(main.state).toHaveText(/running/);
  await server.power('stop').click();
  await expect(main.state).toHaveText(/offline/, { timeout: 20_000 });
  await expect(notice).toHaveCount(0);
  wire.stop();
});

test.describe('without a socket', () => {
  test('a lost answer is reported as uncertain, and the next state shows the result', async ({
    sandbox,
    launch,
  }) => {
    test.slow();
    const all = ['control.console', 'control.start', 'control.stop', 'control.restart', 'settings.rename'];
    await sandbox.control({ do: 'permissions', server: 'Survival', user: 'subuser', permissions: all });
    const perch = await launch();
    const page = await perch.window('main');
    const main = new MainWindow(page);
    const server = new ServerWindow(page);
    const notice = page.getByTestId('server-problem');
    await new Onboarding(page).connect(sandbox.panel, sandbox.keys.subuser);
    await main.openServer('Survival');
    await expect(main.state).toHaveText(/running/, { timeout: 60_000 });

    const input = page.getByTestId('command-input');
    const late = { how: 'delay', delayMs: 4000, path: '/command' };
    await test.step('commands typed while the panel answers late go out in the typed order', async () => {
      await sandbox.control({ do: 'wire', wire: late });
      await input.focus();
      await page.keyboard.type('say first');
      await page.keyboard.press('Enter');
      await page.keyboard.type('say second');
      await page.keyboard.press('Enter');
      await expect(input).toHaveValue('');
      await expect
        .poll(() => passedOn(sandbox, 'Survival'), { timeout: 30_000 })
        .toEqual(['command say first', 'command say second']);
      await isAnswered(input);
      await expect(server.commandProblem).toHaveCount(0);
    });

    await test.step('a lost command holds back the next command, and all typed text stays', async () => {
      await sandbox.control({ do: 'wire', wire: { ...late, how: 'reset', times: 1 } });
      await main.sendCommand('say lost');
      await main.sendCommand('say behind');
      await input.fill('say half');
      await expect(server.commandProblem).toContainText('“say lost”: ');
      await expect(server.commandProblem).toContainText('A later command was not sent. Up brings it back.');
      expect(await seriousProblems(page)).toEqual([]);
      for (const key of ['ArrowUp', 'ArrowUp', 'ArrowDown', 'ArrowDown']) await input.press(key);
      await expect(input).toHaveValue('say half');
      await input.press('ArrowUp');
      await expect(input).toHaveValue('say behind');
      await input.press('ArrowUp');
      await expect(input).toHaveValue('say lost');
      await input.press('Enter');
      await expect(page.getByTestId('command-again')).toContainText('This may have been sent already.');
      await input.fill('say half');
      await expect(page.getByTestId('command-again')).toContainText('“say lost” may have been sent already.');
      await page.getByTestId('command-again').getByRole('button', { name: 'Send again' }).click();
      await expect(input).toHaveValue('say half');
      await expect(input).toBeFocused();
      await expect
        .poll(async () => (await passedOn(sandbox, 'Survival')).slice(2))
        .toEqual(['command say lost']);
    });

    await test.step('a command: a second Enter asks', async () => {
      const question = page.getByTestId('command-again');
      await sandbox.control(lostAnswer('/command'));
      await input.fill('say once');
      await input.press('Enter');
      await expect(server.commandProblem).toContainText(
        'It may have arrived. Check the console before you send it again.',
      );
      await input.press('Enter');
      await expect(question).toContainText('This may have been sent already. Send it again?');
      await expect(input).toHaveValue('say once');
      expect(await seriousProblems(page)).toEqual([]);
      await input.press('Enter');
      expect((await passedOn(sandbox, 'Survival')).filter((one) => one === 'command say once')).toHaveLength(
        1,
      );
      await page.keyboard.press('Shift+Tab');
      await expect(question.getByRole('button', { name: 'Do not send' })).toBeFocused();
      await page.keyboard.press('Enter');
      await expect(input).toBeFocused();
      await expect(input).toHaveValue('say once');
      await input.press('Enter');
      await expect(question).toBeVisible();
      await input.press('Control+Enter');
      await expect(input).toHaveValue('');
      await expect
        .poll(async () => (await passedOn(sandbox, 'Survival')).slice(3))
        .toEqual(['command say once', 'command say once']);
    });

    await test.step('a name: read back', async () => {
      await server.tab('Settings');
      await server.name.fill('Survival two');
      await sandbox.control(lostAnswer('/settings/rename'));
      await page.getByTestId('settings-save').click();
      await expect(page.getByTestId('settings-save')).toHaveCount(0);
      await expect(page.getByRole('heading', { name: 'Survival two' })).toBeVisible();
      await expect(server.name).toHaveValue('Survival two');
      await server.tab('Console');
    });

    await test.step('a signal: its state shows it', async () => {
      await sandbox.control(lostAnswer('/power'));
      await server.power('stop').click();
      await expect(notice).toContainText('It may have worked. Check the server’s state.');
      await expect(notice).not.toContainText('ry again');
      await expect(main.state).toHaveText(/offline/, { timeout: 40_000 });
      await expect(notice).toHaveCount(0);
      await expect(server.power('start')).toBeEnabled();
    });
  });
});
