/** The Startup and Settings forms of a server behave alike; Settings also explains missing permissions. */
import { fireEvent, render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { tick, type Component } from 'svelte';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Server } from '../../../bridge/schema/domain.js';
import type { Startup } from '../../../bridge/schema/startup.js';
import { anAccount, aServer, someSettings } from '../../../tests/support/entities.js';
import { FakeBridge } from '../../../tests/support/fake-bridge.js';
import { PerchClient } from '../../api.js';
import { createWindowState } from '../../state/window-state.js';
import Frame from '../frame.svelte';
import SettingsTab from './settings/settings-tab.svelte';
import StartupTab from './startup/startup-tab.svelte';

const user = userEvent.setup();
const id = 'home/u0';
let bridge: FakeBridge;

const startup: Startup = {
  variables: [
    {
      name: 'Message',
      description: '',
      envVariable: 'MOTD',
      defaultValue: 'Hello',
      serverValue: 'Good evening',
      isEditable: true,
      rules: 'required|string|max:40',
    },
  ],
  command: 'java -jar server.jar',
  template: 'java -jar server.jar',
  images: [
    { label: 'Java 21', image: 'example/java:21' },
    { label: 'Java 17', image: 'example/java:17' },
  ],
};

const groups = [
  {
    name: 'control',
    description: '',
    permissions: [
      { id: 'control.console', description: '' },
      { id: 'control.start', description: '' },
    ],
  },
];

async function shows(
  tab: typeof SettingsTab | typeof StartupTab,
  fields: Partial<Server> = {},
): Promise<void> {
  const server = aServer({ id, name: 'Survival', dockerImage: 'example/java:21', ...fields });
  const state = createWindowState(new PerchClient(bridge));
  const props = {
    get server() {
      return state.fleet.server(id) ?? server;
    },
  };
  const view: Component = (anchor) => tab(anchor, props);
  render(Frame, { view, state });
  bridge.snapshot('settings', someSettings());
  bridge.snapshot('fleet', { accounts: [anAccount()], servers: [server] });
  await tick();
}

beforeEach(() => {
  bridge = new FakeBridge();
  bridge.answer('startup.read', startup);
  bridge.answer('permissions.read', groups);
  bridge.answer('startup.setVariable', {
    ...startup,
    variables: startup.variables.map((variable) => ({ ...variable, serverValue: 'Good night' })),
  });
});

const saved = (name: string): unknown[] =>
  bridge.calls.filter((call) => call.name === name).map(({ input }) => input);

describe.each([
  {
    tab: 'Startup',
    view: StartupTab,
    field: 'Message',
    before: 'Good evening',
    typed: 'Good night',
    call: 'startup.setVariable',
    testid: 'startup',
  },
  {
    tab: 'Settings',
    view: SettingsTab,
    field: 'Name',
    before: 'Survival',
    typed: 'Creative',
    call: 'server.rename',
    testid: 'settings',
  },
])('the form of $tab', ({ view, field, before, typed, call, testid }) => {
  const box = (): Promise<HTMLElement> => screen.findByRole('textbox', { name: new RegExp(`^${field}`) });

  async function edit(): Promise<HTMLElement> {
    const element = await box();
    await user.clear(element);
    await user.type(element, typed);
    return element;
  }

  it('marks unsaved changes at their fields, and undoes them there', async () => {
    await shows(view);
    const element = await edit();
    expect(screen.getByText('unsaved')).toBeTruthy();
    expect(screen.getByTestId(`${testid}-save`)).toBeTruthy();
    await user.click(screen.getByRole('button', { name: `Undo the change to ${field}` }));
    expect(element).toHaveProperty('value', before);
    expect(screen.queryByText('unsaved')).toBeNull();
    expect(screen.queryByTestId(`${testid}-save`)).toBeNull();
  });

  it('is saved by Ctrl+S from any focus, and confirms in the same place', async () => {
    await shows(view);
    const element = await edit();
    element.blur();
    await fireEvent.keyDown(document.body, { key: 's', ctrlKey: true });
    await waitFor(() => expect(saved(call)).toHaveLength(1));
    const note = await screen.findByTestId(`${testid}-saved`);
    await user.click(within(note.parentElement ?? note).getByRole('button', { name: 'Dismiss' }));
    expect(screen.queryByTestId(`${testid}-saved`)).toBeNull();
  });

  it('ignores Ctrl+S with Shift or below a dialog', async () => {
    await shows(view);
    await edit();
    await fireEvent.keyDown(document.body, { key: 'S', ctrlKey: true, shiftKey: true });
    const question = document.createElement('dialog');
    question.setAttribute('open', '');
    document.body.append(question);
    await fireEvent.keyDown(document.body, { key: 's', ctrlKey: true });
    await tick();
    expect(saved(call)).toEqual([]);
  });
});

describe('a variable', () => {
  it('that differs from the egg says so, and can be reset', async () => {
    await shows(StartupTab);
    const element = await screen.findByRole('textbox', { name: /^Message/ });
    expect(screen.getByText('not default')).toBeTruthy();
    const use = screen.getByRole('button', { name: 'Use default of Message' });
    expect(use.textContent).toBe('Use default');
    await user.click(use);
    expect(element).toHaveProperty('value', 'Hello');
    expect(screen.getByText('unsaved')).toBeTruthy();
  });
});

describe('the panel’s facts about a server', () => {
  it('is in its settings, limits with one press to copy them', async () => {
    const limits = {
      memoryBytes: 1_073_741_824,
      diskBytes: null,
      cpuPercent: 100,
      oomKiller: true,
      backups: 2,
    };
    await shows(SettingsTab, { limits, internalId: 7, egg: 'Paper', features: ['eula', 'pid_limit'] });
    bridge.answer('clipboard.write', undefined);
    const card = (heading: string): string =>
      screen.getByRole('heading', { name: heading }).closest('section')?.textContent ?? '';
    expect(card('Identifiers')).toMatch(/Number on the panel\s*7/);
    expect(card('Identifiers')).toMatch(/Features of the egg\s*eula, pid_limit/);
    expect(card('Limits')).toMatch(/Memory\s*1 GiB.*Disk\s*Unlimited.*OOM killer\s*On: /s);
    expect(card('Allowed by the host')).toMatch(/Backups\s*2/);
    await user.click(screen.getByRole('button', { name: 'Copy limits' }));
    await waitFor(() =>
      expect(bridge.calls.at(-1)?.input).toMatchObject({
        text: expect.stringMatching(/^Memory: 1 GiB\n.*\nBackups: 2$/s) as unknown,
      }),
    );
  });

  it('has no row for facts that the panel does not give', async () => {
    await shows(SettingsTab);
    expect(screen.queryByText('Number on the panel')).toBeNull();
    expect(screen.queryByText('Features of the egg')).toBeNull();
    expect(screen.queryByText('Allowed by the host')).toBeNull();
  });
});

describe('the permissions of a key', () => {
  it('are one sentence for full access, and a list if the user asks for it', async () => {
    await shows(SettingsTab);
    const list = screen.getByTestId('permissions-list');
    expect(list.textContent).toContain('This key may do everything: you own the server.');
    expect(list.textContent).not.toContain('control.console');
    expect(saved('permissions.read')).toEqual([]);
    const show = screen.getByTestId('permissions-show');
    expect(show.getAttribute('aria-expanded')).toBe('false');
    await user.click(show);
    await waitFor(() => expect(list.textContent).toContain('control.console'));
    await user.click(show);
    expect(list.textContent).not.toContain('control.console');
  });

  it('are listed if some are missing, and only after they were read', async () => {
    const answer = bridge.hold('permissions.read');
    await shows(SettingsTab, { isOwner: false, permissions: ['control.console'] });
    const list = screen.getByTestId('permissions-list');
    expect(list.textContent).not.toContain('every permission');
    answer(groups);
    await waitFor(() => expect(list.textContent).toContain('This key has 1 of 2 permissions.'));
    expect(list.textContent).toContain('control.start');
    expect(screen.queryByTestId('permissions-show')).toBeNull();
  });
});
