/** What a person does when something goes wrong, and where the window says so. */
import type { ElectronApplication, Locator, Page } from '@playwright/test';
import type { SandboxProcess } from '../support/sandbox-process.js';
import { choose, expectChosen, MainWindow, ServerWindow } from './pages.js';
import { expect } from './perch.js';

/** The parts of a running application that acts need. */
export interface Stage {
  readonly app: ElectronApplication;
  readonly page: Page;
  readonly main: MainWindow;
  readonly server: ServerWindow;
  readonly sandbox: SandboxProcess;
}

export interface Act {
  /** Everything but the last click, before anything has gone wrong. */
  prepare(): Promise<void>;
  run(): Promise<void>;
  readonly problem: Locator;
  /** What was typed or chosen is still there. */
  kept(): Promise<void>;
  /** When nothing is wrong any more: the same again, or the message is dismissed. Ends where the problem is gone. */
  recover(): Promise<void>;
}

export type MakeAct = (stage: Stage) => Act;

/** Seen by a poll, which may wait 10 s for a socket that could come back. */
export const stateIsKnown = /^\s*(running|offline)\s*$/;

const nothing = async (): Promise<void> => undefined;

/** As after sleep: every list and every usage is read again, which otherwise takes up to a minute. */
export async function wake({ app }: Stage): Promise<void> {
  await app.evaluate(({ powerMonitor }) => void powerMonitor.emit('resume'));
}

/** Has main ask the panel about the server that is shown, which otherwise waits for the next list. */
export async function askAgain({ page }: Stage): Promise<void> {
  const shown = page.locator('[data-testid=sidebar-server][aria-current=page]');
  const id = (await shown.getAttribute('data-server')) ?? '';
  await page.evaluate((serverId) => window.perch.call('server.retry', { serverId }), id);
}

/** A power button; a socket would take it, so the server must not have one. */
export function power(name: string, signal: 'start' | 'restart' | 'stop'): MakeAct {
  return ({ page, main, server }) => {
    // What may have been carried out the server's row says.
    const problem = page.locator('[data-testid=power-problem], [data-testid=server-problem].warn');
    return {
      problem,
      prepare: async () => {
        await main.openServer(name);
        await server.tab('Console');
        await expect(server.power(signal)).toBeEnabled();
      },
      run: () => server.power(signal).click(),
      kept: nothing,
      recover: async () => {
        // What is seen of the signal may end the notice before it is dismissed.
        await problem
          .getByRole('button', { name: 'Dismiss' })
          .click({ timeout: 3000 })
          .catch(() => undefined);
        await expect(problem).toHaveCount(0);
        // A signal whose answer was lost is in doubt for almost a minute.
        await expect(server.power(signal)).toBeEnabled({ timeout: 70_000 });
      },
    };
  };
}

export function command(name: string, text: string): MakeAct {
  return ({ page, main, server }) => {
    const problem = server.commandProblem;
    const input = page.getByTestId('command-input');
    return {
      problem,
      prepare: async () => {
        await main.openServer(name);
        await server.tab('Console');
        await input.fill(text);
      },
      run: () => input.press('Enter'),
      kept: () => expect(input).toHaveValue(text),
      recover: async () => {
        await expect(input).toBeEnabled();
        await input.press('Enter');
        await expect(input).toHaveValue('');
        await expect(problem).toHaveCount(0);
      },
    };
  };
}

/** One that may have been sent is sent again only where the person says so. */
export function unsureCommand(name: string, text: string): MakeAct {
  return (stage) => {
    const act = command(name, text)(stage);
    const input = stage.page.getByTestId('command-input');
    const question = stage.page.getByTestId('command-again');
    return {
      ...act,
      recover: async () => {
        await input.press('Enter');
        await expect(question).toContainText('This may have been sent already. Send it again?');
        await input.press('Enter');
        await input.press('Escape');
        await expect(question).toHaveCount(0);
        await act.kept();
        await input.press('Enter');
        await input.press('Control+Enter');
        await expect(input).toHaveValue('');
        await expect(question).toHaveCount(0);
        await expect(act.problem).toHaveCount(0);
      },
    };
  };
}

/** `at` = where the problem stands: at the variable, or at the form as a whole. */
export function variable(
  name: string,
  env: string,
  value: string,
  at: 'variable' | 'form' = 'variable',
): MakeAct {
  return ({ page, main, server }) => {
    const row = page.getByTestId(`variable-${env}`);
    const problem = page.getByTestId(at === 'form' ? 'startup-save-problem' : `variable-${env}-problem`);
    return {
      problem,
      prepare: async () => {
        await main.openServer(name);
        await server.tab('Startup');
        await server.startupIsRead();
        await row.locator('input').fill(value);
      },
      run: () => server.startupSave.click(),
      kept: async () => {
        await expect(row.locator('input')).toHaveValue(value);
        await expect(row).toHaveAttribute('data-edited', 'true');
      },
      recover: async () => {
        await expect(row.locator('input')).toBeEnabled();
        await server.startupSave.click();
        await expect(problem).toHaveCount(0);
        await expect(row).toHaveAttribute('data-edited', 'false');
        await expect(row.locator('input')).toHaveValue(value);
      },
    };
  };
}

/** A variable that is gone for good: the startup is read again, and what was typed for it goes with it. */
export function lostVariable(name: string, env: string, value: string): MakeAct {
  return (stage) => ({
    ...variable(name, env, value)(stage),
    recover: async () => {
      await stage.server.tab('Console');
      await stage.server.tab('Startup');
      await stage.server.startupIsRead();
      await expect(stage.page.getByTestId(`variable-${env}`)).toHaveCount(0);
    },
  });
}

/** Another one of the egg's images than the present one. */
export function image(name: string, other: string): MakeAct {
  return ({ page, main, server }) => {
    const choice = page.getByTestId('docker-image');
    return {
      problem: server.imageProblem,
      prepare: async () => {
        await main.openServer(name);
        await server.tab('Startup');
        await server.startupIsRead();
        await choose(choice, other);
      },
      run: () => server.startupSave.click(),
      kept: () => expectChosen(choice, other),
      recover: async () => {
        await expect(choice).toBeEnabled();
        await server.startupSave.click();
        await expect(server.imageProblem).toHaveCount(0);
        await expect(server.startupSave).toHaveCount(0);
        await expectChosen(choice, other);
      },
    };
  };
}

/** A new name or description; `at` = where the problem stands. */
export function naming(
  field: 'name' | 'description',
  name: string,
  text: string,
  at: 'field' | 'form' = 'form',
): MakeAct {
  return ({ page, main, server }) => {
    const problem = page.getByTestId(at === 'form' ? 'settings-save-problem' : `settings-${field}-problem`);
    const save = page.getByTestId('settings-save');
    return {
      problem,
      prepare: async () => {
        await main.openServer(name);
        await server.tab('Settings');
        await server[field].fill(text);
      },
      run: () => save.click(),
      kept: () => expect(server[field]).toHaveValue(text),
      recover: async () => {
        await expect(server[field]).toBeEnabled();
        await save.click();
        await expect(problem).toHaveCount(0);
        await expect(save).toHaveCount(0);
        await expect(server[field]).toHaveValue(text);
      },
    };
  };
}

/** The window learns by itself that nobody may change it. */
export function lockedDescription(name: string, text: string): MakeAct {
  return (stage) => {
    const act = naming('description', name, text)(stage);
    const { page, server } = stage;
    return {
      ...act,
      kept: async () => {
        await expect(server.description).toBeDisabled();
        await expect(page.getByText('Your host does not allow changes to descriptions.')).toBeVisible();
        await act.kept();
      },
    };
  };
}

export function reinstall(name: string): MakeAct {
  return ({ page, main, server }) => {
    const problem = page.getByTestId('reinstall-problem');
    const typed = page.getByTestId('reinstall-confirm-name');
    return {
      problem,
      prepare: async () => {
        await main.openServer(name);
        await server.tab('Settings');
        await page.getByTestId('reinstall').click();
        await typed.fill(name);
      },
      run: () => page.getByTestId('reinstall-go').click(),
      kept: () => expect(typed).toHaveValue(name),
      recover: async () => {
        await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
        await expect(page.getByRole('dialog')).toHaveCount(0);
      },
    };
  };
}

/** Only looks: opens the startup of a server that is shown already. */
export function readStartup(name: string): MakeAct {
  return ({ page, main, server }) => {
    const problem = page.getByTestId('startup-problem');
    return {
      problem,
      prepare: async () => {
        await main.openServer(name);
        await server.tab('Console');
      },
      run: () => server.tab('Startup'),
      kept: nothing,
      recover: async () => {
        await problem.getByRole('button', { name: 'Try again' }).click();
        await expect(problem).toHaveCount(0);
        await expect(page.getByTestId('startup-command')).toBeVisible();
      },
    };
  };
}

export function readPermissions(name: string): MakeAct {
  return ({ main, server }) => {
    const problem = server.permissionsProblem;
    return {
      problem,
      prepare: async () => {
        await main.openServer(name);
        await server.tab('Console');
      },
      run: () => server.tab('Settings'),
      kept: nothing,
      recover: async () => {
        await problem.getByRole('button', { name: 'Try again' }).click();
        await expect(problem).toHaveCount(0);
      },
    };
  };
}

/** Perch tries again by itself after a second or two, and the button goes with the message. */
async function tryAgain(problem: Locator): Promise<void> {
  const again = problem.getByRole('button', { name: 'Try again' });
  await again.click({ timeout: 3000 }).catch(() => undefined);
}

/** A signal that comes to nothing: two seconds after it the usage is read again, and fails as well. */
export function usage(name: string): MakeAct {
  return (stage) => {
    const problem = stage.page.getByTestId('server-problem');
    const signal = power(name, 'restart')(stage);
    return {
      ...signal,
      problem,
      run: async () => {
        await signal.run();
        // One thing is said above a server's tabs: what the person's own signal came to stands there until it is put away.
        const ofSignal = stage.page.getByTestId('power-problem');
        await ofSignal.getByRole('button', { name: 'Dismiss' }).click();
        await expect(ofSignal).toHaveCount(0);
      },
      recover: async () => {
        await tryAgain(problem);
        await expect(problem).toHaveCount(0);
        await expect(stage.main.state).toHaveText(stateIsKnown, { timeout: 20_000 });
        await signal.recover();
      },
    };
  };
}

/** Only waits: after sleep the usage is read again. A signal of its own would say more than the usage. */
export function usageAfterSleep(name: string): MakeAct {
  return (stage) => {
    const problem = stage.page.getByTestId('server-problem');
    return {
      problem,
      prepare: () => stage.main.openServer(name),
      run: () => wake(stage),
      kept: nothing,
      recover: async () => {
        await tryAgain(problem);
        await expect(problem).toHaveCount(0);
        await expect(stage.main.state).toHaveText(stateIsKnown, { timeout: 20_000 });
      },
    };
  };
}

/** Only looks: the console has the reason, and a way to try again. */
export function openConsole(name: string): MakeAct {
  return ({ page, main, server }) => {
    const problem = page.getByTestId('console-banner');
    return {
      problem,
      prepare: nothing,
      run: async () => {
        await main.openServer(name);
        await server.tab('Console');
      },
      kept: nothing,
      recover: async () => {
        await problem.getByRole('button', { name: 'Connect now' }).click();
        await expect(page.getByTestId('console-link')).toContainText('live');
        await expect(problem).toHaveCount(0);
      },
    };
  };
}

/** Only waits: the list of servers is read again. */
export const list: MakeAct = (stage) => {
  const problem = stage.main.accountProblem;
  return {
    problem,
    prepare: nothing,
    // A list that was on its way already does not show it, and it is not read twice at a time.
    run: () =>
      expect(async () => {
        await wake(stage);
        await expect(problem).toBeVisible({ timeout: 2000 });
      }).toPass({ timeout: 15_000 }),
    kept: nothing,
    recover: async () => {
      await tryAgain(problem);
      await expect(problem).toHaveCount(0);
      await expect(stage.main.accountLoading).toHaveCount(0);
    },
  };
};
