import { Onboarding, MainWindow } from './pages.js';
import { CommandLine } from './command-line.js';
import { expect, test } from './perch.js';

test('every verb does its work from a second process, with an exit code for each cause', async ({
  desktop,
  sandbox,
  launch,
}) => {
  const perch = await launch();
  const page = await perch.window('main');
  await new Onboarding(page).connect(sandbox.panel, sandbox.keys.owner);
  await expect(new MainWindow(page).fleetRow('Survival')).toContainText('running', { timeout: 20_000 });
  const cli = new CommandLine(desktop.env, perch.dataFolder);
  const state = async (name: string): Promise<string | undefined> => {
    const { servers } = (await cli.json(['status', name])) as { servers: { state: string }[] };
    return servers[0]?.state;
  };
  const survival = sandbox.servers.find(({ name }) => name === 'Survival');
  if (survival === undefined) throw new Error('The sandbox has no Survival.');

  await test.step('list and status', async () => {
    const listed = await cli.run(['list']);
    expect(listed).toMatchObject({ code: 0, err: '' });
    expect(listed.out).toMatch(/^NAME +STATE +PANEL/);
    expect(listed.out).toMatch(/^Survival +running/m);
    expect(listed.out).not.toContain('\u001b');
    for (const name of [
      survival.identifier,
      survival.uuid,
      'survival',
      `${new URL(sandbox.panel).host}/Survival`,
    ]) {
      expect(await state(name), name).toBe('running');
    }
  });

  await test.step('a name that is none, or not one', async () => {
    const none = await cli.run(['status', 'Surviv']);
    expect(none.code).toBe(4);
    expect(none.err).toContain('Survival');
    expect((await cli.run(['logs', 'nothing-like-it'])).code).toBe(4);
  });

  await test.step('what is no command line', async () => {
    for (const words of [
      ['lst'],
      ['stop'],
      ['wait', 'Survival', '--state', 'dead'],
      ['list', '--colour'],
      ['logs', 'Survival', '-n', 'many'],
    ]) {
      const wrong = await cli.run(words);
      expect(wrong.code, words.join(' ')).toBe(2);
      expect(wrong.err, words.join(' ')).toContain('--help');
    }
    const asked = await cli.run(['stop', '--help']);
    expect(asked).toMatchObject({ code: 0, out: expect.stringContaining('--yes') });
  });

  await test.step('danger needs a yes, and stop, start, restart and kill do what they say', async () => {
    expect((await cli.run(['stop', 'Survival'])).code).toBe(0);
    expect((await cli.run(['wait', 'Survival', '--state', 'offline'])).code).toBe(0);
    expect((await cli.run(['stop', 'Survival'])).code).toBe(8);
    expect((await cli.run(['start', 'Survival'])).code).toBe(0);
    expect((await cli.run(['wait', 'Survival'])).code).toBe(0);
    expect((await cli.run(['restart', 'Survival'])).code).toBe(0);
    expect((await cli.run(['wait', 'Survival', '--timeout', '40'])).code).toBe(0);
    const refused = await cli.run(['kill', 'Survival']);
    expect(refused.code).toBe(7);
    expect(refused.err).toContain('Kill “Survival”?');
    expect(await state('Survival')).toBe('running');
    expect((await cli.run(['kill', 'Survival', '--yes'])).code).toBe(0);
    expect((await cli.run(['wait', 'Survival', '--state', 'offline'])).code).toBe(0);
    const late = await cli.run(['wait', 'Survival', '--timeout', '1']);
    expect(late).toMatchObject({ code: 6, err: expect.stringContaining('Survival') });
    expect((await cli.run(['start', 'Survival'])).code).toBe(0);
    expect((await cli.run(['wait', 'Survival'])).code).toBe(0);
  });

  await test.step('several servers go one after the other', async () => {
    expect((await cli.run(['restart', 'Survival', 'Creative'])).code).toBe(7);
    const { results } = (await cli.json(['restart', 'Survival', 'Creative', '--yes'])) as {
      results: { server: { name: string }; outcome: string }[];
    };
    expect(results.map(({ server }) => server.name)).toEqual(['Survival', 'Creative']);
  });

  await test.step('send, and what comes of it in logs', async () => {
    expect((await cli.run(['wait', 'Survival'])).code).toBe(0);
    const follow = cli.start(['logs', 'Survival', '-f', '-n', '5']);
    await expect.poll(follow.out, { timeout: 20_000 }).not.toBe('');
    expect((await cli.run(['send', 'Survival', 'say', 'from', 'outside'])).code).toBe(0);
    expect((await cli.run(['send', 'Survival', '-'], 'say --through a pipe\n')).code).toBe(0);
    await expect.poll(follow.out).toContain('from outside');
    await expect.poll(follow.out).toContain('--through a pipe');
    follow.process.kill('SIGINT');
    await follow.ended;
    expect((await cli.run(['send', 'Survival', '-'], 'one\ntwo\n')).code).toBe(2);
    const past = await cli.run(['logs', 'Survival']);
    expect(past).toMatchObject({ code: 0, out: expect.stringContaining('from outside') });
  });

  await test.step('events, doctor, open, completion and version', async () => {
    const happened = await cli.run(['events', 'Survival', '-n', '50']);
    expect(happened).toMatchObject({ code: 0, out: expect.stringContaining('Survival') });
    const doctor = await cli.run(['doctor']);
    expect(doctor).toMatchObject({ code: 0, out: expect.stringContaining('1. Versions') });
    expect((await cli.run(['open', 'Survival', '--tab', 'startup'])).code).toBe(0);
    await expect(page.getByRole('tab', { name: 'Startup' })).toHaveAttribute('aria-selected', 'true');
    expect((await cli.run(['completion', 'bash'])).out).toContain('complete -F _perch perch');
    expect((await cli.run(['--version'])).out).toMatch(/^Perch \d/);
  });

  await test.step('no key is ever printed', async () => {
    const all = await Promise.all([cli.run(['list', '--json']), cli.run(['doctor', '--json'])]);
    for (const { out, err } of all) expect(out + err).not.toContain(sandbox.keys.owner);
  });
});
