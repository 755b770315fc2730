/** The network tab of a server as component specs show and use it. */
import { render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { tick, type Component } from 'svelte';
import { expect } from 'vitest';
import type { Server } from '../../bridge/schema/domain.js';
import type { NetworkAllocation } from '../../bridge/schema/network.js';
import type { StartupVariable } from '../../bridge/schema/startup.js';
import { PerchClient } from '../../renderer/api.js';
import type { WindowState } from '../../renderer/state/context.js';
import { createWindowState } from '../../renderer/state/window-state.js';
import Frame from '../../renderer/views/frame.svelte';
import NetworkTab from '../../renderer/views/server/network/network-tab.svelte';
import { anAccount, aServer, someSettings } from './entities.js';
import './every-area.js';
import { FakeBridge } from './fake-bridge.js';

export function anAllocation(fields: Partial<NetworkAllocation> = {}): NetworkAllocation {
  return { id: 1, ip: '203.0.113.10', alias: null, port: 25_565, notes: null, isDefault: false, ...fields };
}

export class NetworkPage {
  readonly user = userEvent.setup();
  readonly bridge = new FakeBridge();
  readonly serverId = 'home/u0';
  /** The panel's answer. */
  addresses: NetworkAllocation[] = [
    anAllocation({ alias: 'play.example.com', notes: 'Game', isDefault: true }),
    anAllocation({ id: 2, port: 8123 }),
  ];
  variables: StartupVariable[] = [];
  state: WindowState | null = null;
  server = aServer();

  constructor() {
    this.bridge.answerWith('network.list', () => this.addresses);
    this.bridge.answerWith('startup.read', () => ({
      variables: this.variables,
      command: '',
      template: '',
      images: [],
    }));
  }

  async shows(fields: Partial<Server> = {}, account = anAccount()): Promise<void> {
    const { limits } = aServer();
    this.server = aServer({
      id: this.serverId,
      name: 'Survival',
      power: 'running',
      limits: { ...limits, allocations: 5 },
      ...fields,
    });
    const { server } = this;
    const state = createWindowState(new PerchClient(this.bridge));
    this.state = state;
    const view: Component = (anchor) => NetworkTab(anchor, { server });
    const nothing: Component = () => ({});
    const { rerender } = render(Frame, { view: nothing, state });
    this.bridge.snapshot('settings', someSettings());
    this.bridge.snapshot('fleet', { accounts: [account], servers: [server] });
    await tick();
    await rerender({ view, state });
    await tick();
  }

  sent(name: string): unknown[] {
    return this.bridge.calls.filter((call) => call.name === name).map(({ input }) => input);
  }

  rows(): HTMLElement[] {
    return screen.queryAllByTestId('allocation-row');
  }

  async row(at: number): Promise<ReturnType<typeof within>> {
    await waitFor(() => expect(this.rows().length).toBeGreaterThan(at));
    return within(this.rows()[at] ?? document.body);
  }

  async fromMenu(testid: string, at: number): Promise<void> {
    await this.user.click((await this.row(at)).getByTestId('allocation-more'));
    await this.user.click(await screen.findByTestId(testid));
  }
}
