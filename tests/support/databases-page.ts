/** The databases tab of a server as component specs show and use it. */
import { render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { tick, type Component } from 'svelte';
import type { Database } from '../../bridge/schema/databases.js';
import type { Server } from '../../bridge/schema/domain.js';
import { PerchClient } from '../../renderer/api.js';
import { createWindowState } from '../../renderer/state/window-state.js';
import Frame from '../../renderer/views/frame.svelte';
import DatabasesTab from '../../renderer/views/server/databases/databases-tab.svelte';
import { anAccount, aServer, someSettings } from './entities.js';
import './every-area.js';
import { FakeBridge } from './fake-bridge.js';
import { aDatabase } from './some-databases.js';

export class DatabasesPage {
  readonly user = userEvent.setup();
  readonly bridge = new FakeBridge();
  readonly serverId = 'home/u0';
  /** The panel's answer. */
  kept: Database[] = [aDatabase()];

  constructor() {
    this.bridge.answerWith('databases.list', () => this.kept);
    this.bridge.answerWith('databases.showPassword', () => ({ password: 'p@ss' }));
    this.bridge.answerWith('databases.copy', () => undefined);
    this.bridge.answerWith('databases.open', () => ({ isCopied: true }));
    this.bridge.answerWith('databases.rotate', () => this.kept[0]);
    this.bridge.answerWith('databases.remove', () => undefined);
  }

  async shows(fields: Partial<Server> = {}, databases: number | null = 2): Promise<void> {
    const { limits } = aServer();
    const server = aServer({
      id: this.serverId,
      name: 'Survival',
      limits: { ...limits, databases },
      ...fields,
    });
    const state = createWindowState(new PerchClient(this.bridge));
    const view: Component = (anchor) => DatabasesTab(anchor, { server });
    const nothing: Component = () => ({});
    const { rerender } = render(Frame, { view: nothing, state });
    this.bridge.snapshot('settings', someSettings());
    this.bridge.snapshot('fleet', { accounts: [anAccount()], servers: [server] });
    await tick();
    await rerender({ view, state });
    await tick();
  }

  cards(): HTMLElement[] {
    return screen.queryAllByTestId('database');
  }

  /** Waits for the only card. */
  async card(): Promise<HTMLElement> {
    return waitFor(() => screen.getByTestId('database'));
  }

  /** Presses an entry of a card's menu. */
  async chooses(menu: 'database-copy' | 'database-more', entry: string): Promise<void> {
    await this.user.click(within(await this.card()).getByTestId(menu));
    await this.user.click(await screen.findByTestId(entry));
  }

  /** Inputs of a call, in order. */
  sent(name: string): unknown[] {
    return this.bridge.calls.filter((call) => call.name === name).map((call) => call.input);
  }
}
