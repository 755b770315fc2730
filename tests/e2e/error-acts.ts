/** Actions of a person during an error, and the place of each error message in the window. */
import type { ElectronApplication, Locator, Page } from '@playwright/test';
import type { SandboxProcess } from '../support/sandbox-process.js';
import { choose, expectChosen, MainWindow, ServerWindow } from './pages.js';
import { expect } from './perch.js';
import { ShownTexts } from './shown-texts.js';

/** Parts of a running application that actions need. */
export interface Stage {
  readonly app: ElectronApplication;
  readonly page: Page;
  readonly main: MainWindow;
  readonly server: ServerWindow;
  readonly sandbox: SandboxProcess;
}

export interface Act {
  /** Does all steps except the last click, before the error exists. */
  prepare(): Promise<void>;
  run(): Promise<void>;
  readonly problem: Locator;
  /** All texts of the problem since `run`, where the problem may go by itself before a test has read its text. */
  readonly shown?: () => Promise<string>;
  /** Checks that typed and chosen input is still there. */
  kept(): Promise<void>;
  /** After the error's cause is gone: repeats the action or dismisses the message. Ends when the problem is gone. */
  recover(): Promise<void>;
}

export type MakeAct = (stage: Stage) => Act;

/** Seen by a poll, which may wait 10 s for a reconnecting socket. */
export const stateIsKnown = /^\s*(running|offline)\s*$/;

/** Time limit of a press, in ms: a control that is blocked by now never takes the press. */
const pressMs = 10_000;
/** Time limit of a power button, in ms: a signal without an answer stays uncertain for almost a minute. */
const signalMs = 70_000;

const nothing = async (): Promise<void> => undefined;

/** Presses the button of a problem until the problem is gone. Perch may remove the problem first, without a press. */
async function pressUntilGone(problem: Locator, name: string): Promise<void> {
  await expect(async () => {
    await problem
      .getByRole('button', { name })
      .click({ timeout: 3000 })
      .catch(() => undefined);
    await expect(problem).toHaveCount(0, { timeout: 5000 });
  }).toPass({ timeout: 60_000 });
}

/** Simulates waking: reads all lists and usage again, which otherwise takes up to a minute. */
export async function wake({ app }: Stage): Promise<void> {
  await app.evaluate(({ powerMonitor }) => void powerMonitor.emit('resume'));
}

/** Makes main read the shown server from the panel, instead of waiting for the next list. */
export async function askAgain({ page }: Stage): Promise<void> {
  const shown = page.locator('[data-testid=sidebar-server][aria-current=page]');
  const id = (await shown.getAttribute('data-server')) ?? '';
  await page.evaluate((serverId) => window.perch.call('server.retry', { serverId }), id);
}

/** Presses a power button; the server must have no socket, because a socket would send the signal. */
export function power(name: string, signal: 'start' | 'restart' | 'stop'): MakeAct {
  return ({ page, main, server }) => {
    // A signal that may have been carried out is reported on the server's row.
    const place = '[data-testid=power-problem], [data-testid=server-problem].warn';
    const problem = page.locator(place);
    const shown = new ShownTexts(page, place);
    return {
      problem,
      shown: () => shown.read(),
      prepare: async () => {
        await main.openServer(name);
        await server.tab('Console');
        await expect(server.power(signal)).toBeEnabled({ timeout: signalMs });
      },
      run: () => shown.begin().then(() => server.power(signal).click({ timeout: pressMs })),
      kept: nothing,
      recover: async () => {
        await pressUntilGone(problem, 'Dismiss');
        await expect(server.power(signal)).toBeEnabled({ timeout: signalMs });
      },
    };
  };
}

/** The line is empty while a call runs; a refused command comes back with the answer. */
export const isAnswered = (input: Locator): Promise<void> =>
  expect(input).not.toHaveAttribute('aria-busy', { timeout: 30_000 });

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
        await isAnswered(input);
        await expect(input).toHaveValue('');
        await expect(problem).toHaveCount(0);
      },
    };
  };
}

/** A command that may have been sent is sent again only on the person's request. */
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
        await expect(question).toBeVisible();
        await input.press('Control+Enter');
        await isAnswered(input);
        await expect(input).toHaveValue('');
        await expect(question).toHaveCount(0);
        await expect(act.problem).toHaveCount(0);
      },
    };
  };
}

/** `at` = place of the problem: at the variable, or at the form as a whole. */
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
      run: () => server.startupSave.click({ timeout: pressMs }),
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

/** A permanently missing variable: the startup is read again, and the typed value is dropped. */
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

/** Chooses another image of the egg. */
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
      run: () => server.startupSave.click({ timeout: pressMs }),
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

/** Saves a new name or description; `at` = place of the problem. */
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
      run: () => save.click({ timeout: pressMs }),
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

/** The window learns on its own that the key may not change the description. */
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
      run: () => page.getByTestId('reinstall-go').click({ timeout: pressMs }),
      kept: () => expect(typed).toHaveValue(name),
      recover: async () => {
        await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
        await expect(page.getByRole('dialog')).toHaveCount(0);
      },
    };
  };
}

/** Opens the startup of a server that is already shown. */
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
        await pressUntilGone(problem, 'Try again');
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
        await pressUntilGone(problem, 'Try again');
      },
    };
  };
}

/** A failing signal: two seconds later Perch reads the usage again, which fails as well. */
export function usage(name: string): MakeAct {
  return (stage) => {
    const problem = stage.page.getByTestId('server-problem');
    const signal = power(name, 'restart')(stage);
    return {
      ...signal,
      problem,
      shown: () => problem.innerText(),
      run: async () => {
        await signal.run();
        // Only one problem appears above a server's tabs; a problem of the person's own signal stays until dismissed.
        const ofSignal = stage.page.getByTestId('power-problem');
        await ofSignal.getByRole('button', { name: 'Dismiss' }).click();
        await expect(ofSignal).toHaveCount(0);
      },
      recover: async () => {
        await pressUntilGone(problem, 'Try again');
        await expect(stage.main.state).toHaveText(stateIsKnown, { timeout: 20_000 });
        await signal.recover();
      },
    };
  };
}

/** Waits for the usage read after sleep, without a signal, whose problem would replace that of the usage. */
export function usageAfterSleep(name: string): MakeAct {
  return (stage) => {
    const problem = stage.page.getByTestId('server-problem');
    return {
      problem,
      prepare: () => stage.main.openServer(name),
      run: () => wake(stage),
      kept: nothing,
      recover: async () => {
        await pressUntilGone(problem, 'Try again');
        await expect(stage.main.state).toHaveText(stateIsKnown, { timeout: 20_000 });
      },
    };
  };
}

/** Opens the console, which shows the reason and a button to retry. */
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
        await pressUntilGone(problem, 'Connect now');
        await expect(page.getByTestId('console-link')).toContainText('live');
      },
    };
  };
}

/** Waits for the next read of the list of servers, without an action. */
export const list: MakeAct = (stage) => {
  const problem = stage.main.accountProblem;
  return {
    problem,
    prepare: nothing,
    // A list request already under way does not show the error, and only one runs at a time.
    run: () =>
      expect(async () => {
        await wake(stage);
        await expect(problem).toBeVisible({ timeout: 2000 });
      }).toPass({ timeout: 60_000 }),
    kept: nothing,
    recover: async () => {
      await pressUntilGone(problem, 'Try again');
      await expect(stage.main.accountLoading).toHaveCount(0);
    },
  };
};
