import type { Page } from '@playwright/test';
import { CommandLine } from './command-line.js';
import { MainWindow, Onboarding } from './pages.js';
import { aProgram } from './a-program.js';
import { expect, test } from './perch.js';
import { Pictures } from './pictures.js';

test('a program reads freely; its actions are asked about, refused and allowed', async ({
  desktop,
  sandbox,
  launch,
}) => {
  const perch = await launch();
  const page = await perch.window('main');
  await new Onboarding(page).connect(sandbox.panel, sandbox.keys.owner);
  await expect(new MainWindow(page).fleetRow('Survival')).toContainText('running', { timeout: 20_000 });
  const program = await aProgram(desktop.env, perch.dataFolder, 'Robot');
  const pictures = new Pictures(perch, page);
  const question = page.getByTestId('consent-question');
  const allowances = page.getByTestId('allowance');
  /** Asks and takes the picture. Perch refuses after 50 s, so whoever needed long for the picture asks again. */
  const pictured = async <T>(name: string, ask: () => Promise<T>): Promise<{ answer: Promise<T> }> => {
    const answer = ask();
    await expect(question).toBeVisible();
    const from = performance.now();
    await pictures.take(name);
    if (performance.now() - from < 25_000) return { answer };
    await page.keyboard.press('Escape');
    await answer;
    await expect(question).toHaveCount(0);
    return { answer: ask() };
  };

  await test.step('the client gets the tools, with marks for those that change a server', async () => {
    const { tools } = await program.client.listTools();
    const changing = tools.filter(({ annotations }) => annotations?.readOnlyHint === false);
    expect(tools.map(({ name }) => name).sort()).toEqual([
      ...[
        'account',
        'act_on_player',
        'activity',
        'add_address',
        'backups',
        'change_address',
        'create_backup',
        'create_database',
        'databases',
        'events',
        'files',
        'fleet_activity',
        'fleet_people',
        'give_access',
        'history',
        'list',
        'logs',
        'network',
      ],
      ...[
        'people',
        'players',
        'power',
        'remove_access',
        'rotate_database_password',
        'rules',
        'say',
        'schedules',
        'send',
        'startup',
        'status',
      ],
    ]);
    expect(changing.map(({ name }) => name).sort()).toEqual([
      'act_on_player',
      'add_address',
      'change_address',
      'create_backup',
      'create_database',
      'give_access',
      'power',
      'remove_access',
      'rotate_database_password',
      'say',
      'send',
    ]);
  });

  await test.step('it reads without a question', async () => {
    const all: unknown[] = [
      await program.read('list'),
      await program.read('status', { servers: ['Survival'] }),
      await program.read('events', { limit: 10 }),
      await program.read('history', { server: 'Survival', range: '1h' }),
      await program.read('startup', { server: 'Survival' }),
      await program.read('logs', { server: 'Survival', lines: 20 }),
      await program.read('account'),
      await program.read('activity', { server: 'Survival' }),
      await program.read('activity', { server: 'Survival', kind: 'backups', by: 'nobody' }),
      await program.read('fleet_activity', { limit: 20 }),
      await program.read('events', { others: true }),
    ];
    expect(all[0]).toMatchObject({
      servers: expect.arrayContaining([expect.objectContaining({ name: 'Survival' })]),
    });
    expect((all[5] as { lines: string[] }).lines.length).toBeGreaterThan(0);
    expect(all[6]).toMatchObject({
      accounts: [{ account: { username: 'olive', email: null }, problem: null }],
    });
    expect(all[7]).toMatchObject({ entries: expect.any(Array) as unknown });
    expect(all[8]).toMatchObject({ entries: [], isCut: false });
    // A suspended server, and an installing server.
    const unknown = ['Event Arena', 'Hardcore Season 4'].map((name) => ({ server: { name } }));
    expect(all[9]).toMatchObject({ unknown, moreUnknown: 0, cut: 0 });
    expect(all[10]).toMatchObject({ events: expect.any(Array) as unknown });
    expect(JSON.stringify(all)).not.toContain(sandbox.keys.owner);
    expect(await program.call('status', { servers: ['Nothing'] })).toMatchObject({ isError: true });
    await expect(question).toHaveCount(0);
  });

  await test.step('no question about text with hidden characters', async () => {
    const blanks = ['\u00a0', '\u3164', '\u2800', '\u115f', '\ufe0f'].map((blank) => blank.repeat(960));
    for (const command of ['say \u202eolleh', ...blanks.map((blank) => `say hi${blank}; op olive`)]) {
      const answer = await program.call('send', { server: 'Survival', command });
      expect(answer).toMatchObject({ isError: true, text: expect.stringContaining('hidden characters') });
    }
    await expect(question).toHaveCount(0);
  });

  await test.step('a long command is allowed only by whoever has seen its end', async () => {
    const command = `say ${'hello '.repeat(160)}op olive`;
    const { answer } = await pictured('program-question-long', () =>
      program.call('send', { server: 'Survival', command }),
    );
    const once = question.getByRole('button', { name: 'Allow once' });
    await expect(question).toContainText('op olive');
    await page.waitForTimeout(1000);
    await expect(once).toHaveAttribute('aria-disabled', 'true');
    await question.getByText('op olive').hover();
    await page.mouse.wheel(0, 2000);
    await expect(once).not.toHaveAttribute('aria-disabled');
    await once.click();
    expect(await answer).toMatchObject({ isError: false });
  });

  await test.step('a name is a name, and no other question', async () => {
    const name = 'Robot” wants to start “Lobby”. “Perch';
    const sly = await aProgram(desktop.env, perch.dataFolder, name);
    const answer = sly.call('power', { server: 'Survival', signal: 'stop' });
    await expect(question.getByRole('heading')).toHaveText(
      /^“Robot wants to start Lobby \. Pe…” wants to stop “Survival”\./,
    );
    await page.keyboard.press('Escape');
    expect(await answer).toMatchObject({ isError: true });
    await sly.client.close();
  });

  await test.step('it is refused by the key that closes the question', async () => {
    const answer = program.call('power', { server: 'Survival', signal: 'stop' });
    await expect(question).toContainText('“Robot” wants to stop “Survival”.');
    await expect(question.getByRole('button', { name: 'Refuse' })).toBeFocused();
    await page.keyboard.press('Escape');
    expect(await answer).toMatchObject({ isError: true, text: expect.stringContaining('refused') });
    await expect(question).toHaveCount(0);
    expect(await program.read('status', { servers: ['Survival'] })).toMatchObject({
      servers: [{ state: 'running' }],
    });
  });

  await test.step('consent for one call, by keyboard, and the command arrives', async () => {
    const { answer } = await pictured('program-question', () =>
      program.call('send', { server: 'Survival', command: 'say hello from the robot' }),
    );
    await expect(question).toContainText('say hello from the robot');
    await question.getByRole('button', { name: 'Refuse' }).focus();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    const once = question.getByRole('button', { name: 'Allow once' });
    await expect(once).toBeFocused();
    await expect(once).not.toHaveAttribute('aria-disabled');
    await page.keyboard.press('Enter');
    expect(await answer).toMatchObject({ isError: false });
    // The game prints the text a moment after it took the command.
    await expect
      .poll(async () => JSON.stringify(await program.read('logs', { server: 'Survival', lines: 20 })))
      .toContain('hello from the robot');
  });

  await test.step('it makes a backup with consent, and its end is seen', async () => {
    const { answer } = await pictured('program-question-backup', () =>
      program.call('create_backup', { server: 'Survival', name: 'By a robot' }),
    );
    await expect(question).toContainText('“Robot” wants to make a backup of “Survival”.');
    const once = question.getByRole('button', { name: 'Allow once' });
    await expect(once).not.toHaveAttribute('aria-disabled');
    await once.click();
    expect(await answer).toMatchObject({ isError: false });
    await expect
      .poll(() => program.read('backups', { server: 'Survival' }), { timeout: 20_000 })
      .toMatchObject({ backups: [{ name: 'By a robot', state: 'good' }] });
  });

  await test.step('consent that names the granted access; the command line removes the access', async () => {
    const email = 'helper@example.com';
    const { answer } = await pictured('program-question-access', () =>
      program.call('give_access', { server: 'Survival', email, role: 'moderator' }),
    );
    await expect(question).toContainText(`“Robot” wants to give ${email} access to “Survival”.`);
    await expect(question.getByRole('listitem').first()).toBeVisible();
    await question.getByRole('listitem').last().scrollIntoViewIfNeeded();
    await question.getByRole('group').press('End');
    const once = question.getByRole('button', { name: 'Allow once' });
    await expect(once).not.toHaveAttribute('aria-disabled');
    await once.click();
    expect(await answer).toMatchObject({ isError: false });
    const shell = new CommandLine(desktop.env, perch.dataFolder);
    expect((await shell.run(['people', 'Survival'])).out).toContain(email);
    const person = /^(\S+) .*helper@example\.com/m.exec((await shell.run(['people', 'Survival'])).out)?.[1];
    const removal = await pictured('program-question-access-removed', () =>
      program.call('remove_access', { server: 'Survival', person }),
    );
    await expect(question).toContainText('access to “Survival”. Open consoles of theirs close.');
    await expect(question.getByRole('button', { name: 'Allow for an hour' })).toHaveCount(0);
    await page.keyboard.press('Escape');
    expect(await removal.answer).toMatchObject({ isError: true, text: expect.stringContaining('refused') });
    expect((await shell.run(['people'])).out).toMatch(new RegExp(`Survival +helper.* ${email} +1 +\\w`));
    const all = await program.read('fleet_people', { person: 'helper' });
    expect(JSON.stringify(all)).toMatch(/"name":"Survival".*"name":"helper/);
    expect(JSON.stringify(all)).not.toContain(email);
    expect((await shell.run(['people', 'Survival', 'remove', email])).code).toBe(7);
    expect((await shell.run(['people', 'Survival', 'remove', email, '--yes'])).code).toBe(0);
    expect((await shell.run(['people', 'Survival'])).out).not.toContain(email);
  });

  await test.step('consent to change an address, which names the loss', async () => {
    const once = question.getByRole('button', { name: 'Allow once' });
    const allow = async (): Promise<void> => {
      await expect(once).not.toHaveAttribute('aria-disabled');
      await once.click();
    };
    const allocations = [{ ip: '192.0.2.10', port: 25_565 }];
    await sandbox.control({ do: 'allocations', server: 'Survival', allocations, limit: 2 });
    await sandbox.control({ do: 'panel', allocationPorts: { from: 25_700, to: 25_709 } });
    const adding = program.call('add_address', { server: 'Survival' });
    await expect(question).toContainText('“Robot” wants to get one more address for “Survival”.');
    await allow();
    expect(await adding).toMatchObject({ isError: false, text: expect.stringContaining('25700') });
    const change = (what: string, more: object = {}) =>
      program.call('change_address', { server: 'Survival', address: '25700', change: what, ...more });
    const noting = change('note', { notes: 'Map of the world' });
    await expect(question).toContainText('New notes: Map of the world');
    await allow();
    expect(await noting).toMatchObject({ isError: false });
    const again = await pictured('program-question-notes', () => change('note', { notes: 'Free for all' }));
    await expect(question.getByTestId('consent-notes-now')).toHaveText('Notes now: Map of the world');
    await page.keyboard.press('Escape');
    expect(await again.answer).toMatchObject({ isError: true, text: expect.stringContaining('refused') });
    const removal = await pictured('program-question-address-removed', () => change('remove'));
    await expect(question).toContainText('The panel takes the address back at once');
    await expect(question.getByRole('button', { name: 'Allow for an hour' })).toHaveCount(0);
    await allow();
    expect(await removal.answer).toMatchObject({ isError: false });
    expect(JSON.stringify(await program.read('network', { server: 'Survival' }))).not.toContain('25700');
  });

  await test.step('allowed for an hour it is not asked about, but for killing', async () => {
    const answer = program.call('send', { server: 'Survival', command: 'say again' });
    const hour = question.getByRole('button', { name: 'Allow for an hour' });
    await expect(hour).not.toHaveAttribute('aria-disabled');
    await hour.click();
    expect(await answer).toMatchObject({ isError: false });
    expect(await program.call('send', { server: 'Survival', command: 'say unasked' })).toMatchObject({
      isError: false,
    });
    const killing = program.call('power', { server: 'Survival', signal: 'kill' });
    await expect(question).toContainText('kill');
    await expect(question.getByRole('button', { name: 'Allow for an hour' })).toHaveCount(0);
    await question.getByRole('button', { name: 'Refuse' }).click();
    expect(await killing).toMatchObject({ isError: true });
  });

  await test.step('another program still causes a question', async () => {
    const other = await aProgram(desktop.env, perch.dataFolder, 'Other');
    const answer = other.call('send', { server: 'Survival', command: 'say me too' });
    await expect(question).toContainText('“Other” wants to send a command');
    // The program exits, which also closes its question.
    answer.catch(() => undefined);
    await other.client.close();
    await expect(question).toHaveCount(0);
  });

  await test.step('the settings list the consents, and withdraw them', async () => {
    await openSettings(page);
    await expect(allowances).toContainText(
      '“Robot” may start, stop and restart “Survival”, send it commands and make backups of it.',
    );
    await allowances.scrollIntoViewIfNeeded();
    await pictures.take('settings-programs');
    await page.getByRole('button', { name: 'Withdraw the permission of “Robot” for “Survival”' }).click();
    await expect(allowances).toHaveCount(0);
    const answer = program.call('send', { server: 'Survival', command: 'say no more' });
    await question.getByRole('button', { name: 'Refuse' }).click();
    expect(await answer).toMatchObject({ isError: true });
  });

  await test.step('a window that is closed opens for the question', async () => {
    await page.close();
    const answer = program.call('power', { server: 'Survival', signal: 'restart' });
    const again = await perch.window('main');
    await again.getByTestId('consent-question').getByRole('button', { name: 'Refuse' }).click();
    expect(await answer).toMatchObject({ isError: true });
  });

  await program.client.close();
  // A program that exits leaves the rest unchanged.
  expect((await new CommandLine(desktop.env, perch.dataFolder).run(['list'])).code).toBe(0);
});

test("the action of a program is logged with the program's name", async ({ desktop, sandbox, launch }) => {
  const perch = await launch();
  const page = await perch.window('main');
  const main = new MainWindow(page);
  await new Onboarding(page).connect(sandbox.panel, sandbox.keys.owner);
  await expect(main.fleetRow('Survival')).toContainText('running', { timeout: 20_000 });
  const program = await aProgram(desktop.env, perch.dataFolder, 'Robot');
  const answer = program.call('power', { server: 'Survival', signal: 'stop' });
  const once = page.getByTestId('consent-question').getByRole('button', { name: 'Allow once' });
  await expect(once).not.toHaveAttribute('aria-disabled');
  await once.click();
  expect(await answer).toMatchObject({ isError: false });
  await expect(main.fleetRow('Survival')).toContainText('offline', { timeout: 20_000 });
  await page.getByRole('button', { name: 'Events' }).click();
  const entry = page.locator('[data-event="stopped"]');
  await expect(entry).toContainText('Survival');
  await expect(entry).toContainText('Robot');
  await program.client.close();
});

async function openSettings(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Settings' }).click();
  await expect(page.getByRole('heading', { name: 'Programs' })).toBeVisible();
}
