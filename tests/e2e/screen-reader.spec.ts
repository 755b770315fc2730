/** A person who presses buttons by a screen reader: through the accessibility tree, which produces no input events. */
import { join } from 'node:path';
import { answerWith, asked, connected } from './closing.js';
import { typeElsewhere } from './other-person.js';
import { expect, test } from './perch.js';

const reader = join(import.meta.dirname, '../support/desktop/screen-reader.py');

test('a press by a screen reader is confirmed once, and another action again', async ({
  desktop,
  sandbox,
  launch,
}) => {
  test.slow();
  await desktop.startAccessibility();
  const press = async (name: string): Promise<void> => {
    const { code, output } = await desktop.run('/usr/bin/python3', [reader, name]);
    expect(output.trim()).toContain(name);
    expect(code).toBe(0);
  };
  // Without this flag Electron has no accessibility tree on a desktop without a session (PLATFORM "Security" 11).
  const perch = await launch(['--force-renderer-accessibility']);
  const main = await connected(perch, sandbox);
  await expect(main.fleetRow('Lobby')).toContainText('running', { timeout: 30_000 });
  const page = await perch.window('main');
  await answerWith(perch, 'Yes, I did');
  // The presses that connected the panel are too old by now.
  await page.waitForTimeout(6000);

  const lobby = (await main.fleetRow('Lobby').getAttribute('data-server')) ?? '';
  /** Main's answer to a call of the page: `done`, or the code of the refusal. */
  const send = (signal: 'stop' | 'kill'): Promise<string> =>
    page.evaluate(
      async ([serverId, one]) => {
        const envelope = await window.perch.call('power.send', { serverId, signal: one });
        return envelope.ok ? 'done' : envelope.error.code;
      },
      [lobby, signal] as const,
    );
  // A server that is deaf to the stop is still stopping at the kill, however late that comes.
  expect(await typeElsewhere(sandbox, 'Lobby', 'hang')).toBe(204);
  await press('Stop Lobby');
  await expect
    .poll(() => asked(perch))
    .toMatchObject([{ detail: expect.stringContaining('screen reader') as unknown }]);
  // The confirmation covers the same signal to the same server only, and that server is already stopping.
  expect(await send('stop')).not.toBe('forbidden');
  expect(await asked(perch)).toHaveLength(1);
  expect(await send('kill')).toBe('done');
  expect(await asked(perch)).toHaveLength(2);
  await expect(main.fleetRow('Lobby')).toContainText('offline', { timeout: 20_000 });

  await answerWith(perch, 'Refuse');
  await press('Stop Survival');
  await expect.poll(async () => (await asked(perch)).length).toBe(1);
  await expect(main.fleetRow('Survival')).toContainText('running');
});
