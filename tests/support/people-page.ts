/** The people tab of a server as component specs show and use it. */
import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { tick, type Component } from 'svelte';
import { expect } from 'vitest';
import type { Server } from '../../bridge/schema/domain.js';
import type { PermissionGroup } from '../../bridge/schema/permission-groups.js';
import type { Person } from '../../bridge/schema/people.js';
import type { Settings } from '../../bridge/schema/settings.js';
import { PerchClient } from '../../renderer/api.js';
import type { WindowState } from '../../renderer/state/context.js';
import { createWindowState } from '../../renderer/state/window-state.js';
import Frame from '../../renderer/views/frame.svelte';
import PeopleTab from '../../renderer/views/server/people/people-tab.svelte';
import { anAccount, aServer, someSettings } from './entities.js';
import './every-area.js';
import { FakeBridge } from './fake-bridge.js';

export function aPerson(fields: Partial<Person> = {}): Person {
  return {
    uuid: 'of-sam',
    name: 'sam',
    email: 'sam@example.com',
    hasTwoFactor: false,
    permissions: ['control.start', 'websocket.connect'],
    ...fields,
  };
}

const group = (name: string, ...names: string[]): PermissionGroup => ({
  name,
  description: '',
  permissions: names.map((each) => ({ id: `${name}.${each}`, description: '' })),
});

/** Permissions of a small panel. */
export const someGroups: readonly PermissionGroup[] = [
  group('websocket', 'connect'),
  group('control', 'console', 'start', 'stop', 'restart'),
  group('file', 'read', 'update', 'delete'),
  group('activity', 'read'),
];

export class PeoplePage {
  readonly user = userEvent.setup();
  readonly bridge = new FakeBridge();
  readonly serverId = 'home/u0';
  /** The panel's answer. */
  people: Person[] = [aPerson()];
  settings: Partial<Settings> = {};
  state: WindowState | null = null;

  constructor() {
    this.bridge.answerWith('people.list', () => this.people);
    this.bridge.answerWith('people.view', () => this.people[0]);
    this.bridge.answer('permissions.read', [...someGroups]);
    this.bridge.answerWith('people.add', () => aPerson({ uuid: 'of-new', name: 'new' }));
    this.bridge.answerWith('people.change', () => this.people[0]);
    this.bridge.answerWith('settings.update', () => someSettings());
  }

  /** `others` = the other servers of the fleet. */
  async shows(fields: Partial<Server> = {}, others: readonly Server[] = []): Promise<void> {
    const server = aServer({ id: this.serverId, name: 'Survival', permissions: ['*'], ...fields });
    const state = createWindowState(new PerchClient(this.bridge));
    this.state = state;
    const view: Component = (anchor) => PeopleTab(anchor, { server });
    const nothing: Component = () => ({});
    const { rerender } = render(Frame, { view: nothing, state });
    this.bridge.snapshot('settings', someSettings(this.settings));
    this.bridge.snapshot('fleet', { accounts: [anAccount()], servers: [server, ...others] });
    await tick();
    await rerender({ view, state });
    await tick();
  }

  sent(name: string): unknown[] {
    return this.bridge.calls.filter((call) => call.name === name).map(({ input }) => input);
  }

  rows(): HTMLElement[] {
    return screen.queryAllByTestId('person-row');
  }

  async opens(at = 0): Promise<void> {
    await waitFor(() => expect(this.rows().length).toBeGreaterThan(at));
    this.rows()[at]?.querySelector('button')?.click();
    await screen.findByTestId('person-dialog');
    await waitFor(() => expect(document.querySelector('[data-permission]')).not.toBeNull());
  }

  box(permission: string): HTMLInputElement {
    const found = document.querySelector<HTMLInputElement>(`[data-permission="${permission}"] input`);
    if (found === null) throw new Error(`No box for ${permission}.`);
    return found;
  }

  async picks(testid: string, option: string): Promise<void> {
    screen.getByTestId(testid).focus();
    await this.user.keyboard('{Enter}');
    // jsdom shows no popover, so names of its content are not computed.
    const options = await screen.findAllByRole('option', { hidden: true });
    await this.user.click(options.find(({ textContent }) => textContent.trim() === option) ?? document.body);
  }

  async presses(testid: string): Promise<void> {
    await this.user.click(screen.getByTestId(testid));
  }
}
