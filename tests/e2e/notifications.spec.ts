/** Actions inside a notification, through a real daemon. */
import { crashForGood } from './other-person.js';
import { MainWindow, Onboarding } from './pages.js';
import { expect, test, within } from './perch.js';

test('the button of a notification starts the server, and closes the notification', async ({
  desktop,
  sandbox,
  launch,
}) => {
  const page = await (await launch()).window('main');
  const main = new MainWindow(page);
  await new Onboarding(page).connect(sandbox.panel, sandbox.keys.owner);
  await expect(main.fleetRow('Skyblock')).toContainText('running', { timeout: 20_000 });
  await main.openServer('Skyblock');
  const toldOf = async (summary: string) =>
    (await desktop.notifications()).findLast((one) => one.summary === summary);

  await main.sendCommand('crash');
  const crashed = await within(40_000, 'the crash', () => toldOf('Skyblock crashed'));
  expect(crashed).toMatchObject({ urgency: 1, picture: [48, 48] });
  await crashForGood(sandbox, 'Skyblock');
  const down = await within(30_000, 'that it stays down', () => toldOf('Skyblock crashed and stays down'));
  expect(down.urgency).toBe(2);
  const buttons = ['Start', 'Open console', 'Mute for 1 hour'];
  expect(down.actions.filter((_, at) => at % 2 === 1).slice(1)).toEqual(buttons);

  await desktop.pressNotificationButton('Start');
  await expect(main.state).toHaveText('running', { timeout: 30_000 });
  await expect.poll(() => desktop.displayedNotifications()).toBe(0);
});
