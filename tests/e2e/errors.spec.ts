/**
 * All errors of PROTOCOL 3 in each dialect, from the sandbox to the message in the window: what happened, where, and
 * the next step. The tables are in `error-rows-*.ts`; this file runs the rows and holds the cases that fit no table. An
 * answer that does not come from the panel runs in one dialect (`runsIn`).
 */
import { askAgain, stateIsKnown, type Stage } from './error-acts.js';
import { conflictRows } from './error-rows-conflicts.js';
import { formRows } from './error-rows-forms.js';
import { panelRows } from './error-rows-panel.js';
import { powerRows } from './error-rows-power.js';
import { accessEnds, limitsAreReached, panelIsSilent, stateIsUnknown, type Scene } from './error-scenes.js';
import {
  dialects,
  everything,
  permit,
  runsIn,
  messageIn,
  type Dialect,
  type ErrorRow,
  type Order,
} from './error-table.js';
import { MainWindow, Onboarding, ServerWindow } from './pages.js';
import { expect, test } from './perch.js';

/** Most tries to press before the window knows what the panel has changed. */
const mostTries = 3;

/** Servers shared with the subuser, with all permissions except the permission for sockets. */
const shared = [
  ...['Survival', 'Creative', 'Lobby', 'Skyblock', 'Rust Belt', 'Longhouse'],
  ...['Event Arena', 'Archive 2022'],
];

/** High limits; only rows that lower a limit reach the limit. */
const flagsOf = (dialect: Dialect): string[] => [
  ...['--dialect', dialect, '--client-limit', '2000'],
  ...(dialect === 'panel-1.12' || dialect === 'pelican' ? ['--websocket-limit', '500'] : []),
];

for (const dialect of dialects) {
  test.describe(dialect, () => {
    test.use({ sandboxFlags: flagsOf(dialect) });

    test(`every error has its message and its next step (${dialect})`, async ({ sandbox, launch }) => {
      test.slow();
      const control = async (...orders: Order[]): Promise<void> => {
        for (const order of orders) {
          // Rows use the servers' original names; some servers are renamed on the way.
          const known = sandbox.servers.find(({ name }) => name === order['server']);
          await sandbox.control(known === undefined ? order : { ...order, server: known.uuid });
        }
      };
      // The minute of the limits used up below begins here.
      await control({ do: 'use-up', user: 'admin', left: 100 }, { do: 'unsuspend', server: 'Event Arena' });
      await control(...shared.map((name) => permit(name, everything)));

      const perch = await launch();
      const page = await perch.window('main');
      const main = new MainWindow(page);
      const stage: Stage = { app: perch.app, page, main, server: new ServerWindow(page), sandbox };
      const { host } = new URL(sandbox.panel);
      const scene: Scene = { stage, dialect, control, place: host };

      const goThrough = async (row: ErrorRow): Promise<void> => {
        const message = messageIn(row, dialect);
        if ('absent' in message) return;
        const act = row.act(stage);
        const becomes = row.becomesNotIn === dialect ? undefined : row.becomes;
        const missing = async (): Promise<string[]> => {
          const plain = (text: string): string => text.replace(/\s+/g, ' ').trim();
          const shown = plain((await (act.shown?.() ?? act.problem.textContent())) ?? '');
          const texts = [message.says, message.next].map((text) => plain(text.replaceAll('{panel}', host)));
          return texts.filter((text) => !shown.includes(text));
        };
        const refuse = async (): Promise<void> => {
          await act.prepare();
          await control(...row.orders);
          await act.run();
          await expect.poll(missing).toEqual([]);
        };
        const takeBack = async (): Promise<void> => {
          await control(...row.undo);
          if (becomes !== undefined || row.isAskedAgain === true) await askAgain(stage);
          // A signal of an earlier row without an answer stays uncertain for almost a minute.
          if (becomes !== undefined) await expect(main.state).toHaveText(stateIsKnown, { timeout: 70_000 });
        };
        // Perch polls the server now and then. A poll between order and press blocks the control, so the row begins again.
        for (let tries = 1; ; tries++) {
          try {
            await refuse();
            break;
          } catch (error) {
            const isKnown = becomes !== undefined && (await main.state.innerText()).trim() === becomes;
            if (!isKnown || tries === mostTries) throw error;
            await takeBack();
            await page.keyboard.press('Escape');
          }
        }
        if (becomes !== undefined) await expect(main.state).toHaveText(becomes);
        await act.kept();
        await takeBack();
        await act.recover();
      };
      const all = async (rows: readonly ErrorRow[]): Promise<void> => {
        for (const [at, row] of rows.entries()) {
          if (runsIn(row, at, dialect)) await test.step(row.what, () => goThrough(row));
        }
      };

      await test.step('the panel is connected', async () => {
        await new Onboarding(page).connect(sandbox.panel, sandbox.keys.subuser);
        for (const name of shared) await expect(main.fleetRow(name)).toBeVisible();
      });
      await all(panelRows);
      const limitsAreOver = await limitsAreReached(scene);
      await all(powerRows);
      await all(formRows);
      await all(conflictRows);
      await stateIsUnknown(scene);
      await accessEnds(scene);
      await panelIsSilent(scene);
      await limitsAreOver();
    });
  });
}
