/** Errors that need several orders or end on their own: written as scenes instead of table rows. */
import { askAgain, command, isAnswered, list, power, stateIsKnown, wake, type Stage } from './error-acts.js';
import { everything, failing, calm, permit, unsure, type Dialect, type Order } from './error-table.js';
import { Onboarding } from './pages.js';
import { expect, test } from './perch.js';

export interface Scene {
  readonly stage: Stage;
  readonly dialect: Dialect;
  control(...orders: Order[]): Promise<void>;
  /** Person's name for the panel. */
  readonly place: string;
}

/** One dialect per kind of limit waits the whole minute. */
const waitsForTheEnd: readonly Dialect[] = ['reference', 'panel-1.12'];

/**
 * Limit errors (429; 409 in the reference) of the panel and of one server's tokens. Both last a minute, so they use
 * their own account. Returns the function that checks their end.
 */
export async function limitsAreReached(scene: Scene): Promise<() => Promise<void>> {
  const { stage, dialect, control, place } = scene;
  const { page, main, server, sandbox } = stage;
  const banner = page.getByTestId('console-banner');
  const link = page.getByTestId('console-link');
  const limitsSockets = dialect === 'panel-1.12' || dialect === 'pelican';

  await test.step('429: too many tokens for the socket of one server', async () => {
    if (limitsSockets) await control({ do: 'use-up-tokens', server: 'Staff Room' });
    await page.getByRole('button', { name: 'Add panel' }).click();
    await new Onboarding(page).connect(sandbox.panel, sandbox.keys.admin);
    await main.openServer('Staff Room');
    await server.tab('Console');
    if (!limitsSockets) return expect(link).toContainText('live');
    await expect(banner).toContainText(place);
    await expect(banner).toContainText('gives out only a few console connections a minute for each server');
    return expect(banner).toContainText(/Connecting again in (\d+ s|1 min)\./);
  });

  await test.step('429 (409 in the reference): too many requests', async () => {
    await control({ do: 'use-up', user: 'admin' });
    await list(stage).run();
    await expect(main.accountProblem).toContainText(place);
    await expect(main.accountProblem).toContainText('asks for a pause: your account made too many requests.');
    await expect(main.accountProblem).toContainText(
      /Wait; Perch continues automatically\. Open tabs of the panel count too\. Next attempt in (\d+ s|1 min)\./,
    );
  });

  return async () => {
    if (!waitsForTheEnd.includes(dialect)) return;
    await test.step('the limits are over, and Perch continues without a click', async () => {
      await main.openServer('Staff Room');
      await expect(main.accountNotice).toHaveCount(0, { timeout: 65_000 });
      await expect(link).toContainText('live', { timeout: 65_000 });
      await expect(banner).toHaveText(/offline/);
    });
  };
}

/**
 * Panel's answer about the state while the window can't know that state. Pelican accepts the command without an error.
 */
export async function stateIsUnknown({ stage, dialect, control, place }: Scene): Promise<void> {
  const { page, sandbox } = stage;
  await control(failing('/resources', 500, 'TypeError'));
  await wake(stage);

  await test.step('502 HttpException (400 in the reference): a command to a server that is offline', async () => {
    const act = command('Creative', 'say hello')(stage);
    await stage.main.openServer('Creative');
    await stage.server.tab('Console');
    await expect(page.getByTestId('server-problem')).toBeVisible();
    await act.prepare();
    await act.run();
    if (dialect === 'pelican') {
      await isAnswered(page.getByTestId('command-input'));
      await expect(page.getByTestId('command-input')).toHaveValue('');
      await expect(act.problem).toHaveCount(0);
      const { result } = (await sandbox.control({ do: 'look', server: 'Creative' })) as {
        result: { passedOn: string[] };
      };
      expect(result.passedOn).not.toContain('command say hello');
      return;
    }
    const [says, next] =
      dialect === 'reference'
        ? [
            'right now: “Cannot send command to stopped server.”',
            'Check the state of the server and try again.',
          ]
        : [
            ': the panel reports the server as offline.',
            'Start the server first. If it is running, its node may be down.',
          ];
    await expect(act.problem).toContainText(`${place} could not send the command`);
    await expect(act.problem).toContainText(says);
    await expect(act.problem).toContainText(next);
    await act.kept();
  });

  if (dialect === 'reference') {
    // Other panels accept the start without an effect (PROTOCOL D2).
    await test.step('400 ConflictingServerStateException: a start while it runs', async () => {
      const act = power('Survival', 'start')(stage);
      await stage.main.openServer('Survival');
      await expect(page.getByTestId('server-problem')).toBeVisible();
      await act.prepare();
      await act.run();
      await expect(act.problem).toContainText(
        `${place} could not start the server right now: “Cannot start server, server is already running.”`,
      );
      await expect(act.problem).toContainText('Check the state of the server and try again.');
    });
  }

  await control(calm);
  await askAgain(stage);
  await expect(page.getByTestId('server-problem')).toHaveCount(0);
  await expect(stage.main.state).toHaveText(stateIsKnown, { timeout: 20_000 });
}

/** 404 with either text: the server disappears from the window, with a message. */
export async function accessEnds({ stage, control }: Scene): Promise<void> {
  const { page, main } = stage;
  const isGone = async (name: string, order: Order): Promise<void> => {
    const act = power(name, 'start')(stage);
    await act.prepare();
    await control(order);
    // A poll of Perch may come before the press and find the same.
    await act.run().catch(() => undefined);
    await expect(page.getByText('This server no longer exists.')).toBeVisible();
    await expect(page.getByText('It was deleted, or your key no longer has access to it.')).toBeVisible();
    await expect(page.getByTestId('sidebar-server').filter({ hasText: name })).toHaveCount(0);
  };
  await test.step('404: the access was taken away', async () => {
    await isGone('Longhouse', permit('Longhouse', null));
    await control(permit('Longhouse', everything));
    await wake(stage);
    await main.openServer('Longhouse');
  });
  await test.step('404: the server was deleted', () =>
    isGone('Event Arena', { do: 'remove-server', server: 'Event Arena' }));
}

/** A silent panel; run once, because it takes long and is the same in all dialects. */
export async function panelIsSilent({ stage, dialect, control, place }: Scene): Promise<void> {
  if (dialect !== 'panel-1.12') return;
  await test.step('the panel never answers', async () => {
    const act = power('Archive 2022', 'start')(stage);
    await act.prepare();
    await control({ do: 'panel', silent: true });
    await act.run();
    await expect(stage.main.state).toHaveText(/starting/);
    await expect(act.problem).toContainText(`${place} did not answer in time.`, { timeout: 25_000 });
    await expect(act.problem).toContainText(unsure.power);
    await control({ do: 'panel', silent: false });
    await act.recover();
  });
}
