/** The schedules tab of a Pelican server as component specs show and use it. */
import { render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { tick, type Component } from 'svelte';
import { expect } from 'vitest';
import type { Server } from '../../bridge/schema/domain.js';
import type { Schedule } from '../../bridge/schema/schedules.js';
import type { View } from '../../bridge/schema/view.js';
import { PerchClient } from '../../renderer/api.js';
import type { WindowState } from '../../renderer/state/context.js';
import { createWindowState } from '../../renderer/state/window-state.js';
import Frame from '../../renderer/views/frame.svelte';
import SchedulesTab from '../../renderer/views/server/schedules/schedules-tab.svelte';
import { anAccount, aServer, someSettings } from './entities.js';
import './every-area.js';
import { FakeBridge } from './fake-bridge.js';
import { aSchedule } from './some-schedules.js';

const hour = 3_600_000;

export class SchedulesPage {
  readonly user = userEvent.setup();
  readonly bridge = new FakeBridge();
  readonly serverId = 'home/u0';
  /** The panel's answer. */
  planned: Schedule[] = [aSchedule({ nextRunAt: Date.now() + 5 * hour, offsetMinutes: 0 })];
  #state: WindowState | null = null;

  constructor() {
    this.bridge.answerWith('schedules.list', () => this.planned);
    this.bridge.answerWith('schedules.view', () => this.planned[0]);
    this.bridge.answerWith('schedules.save', () => this.planned[0]);
  }

  /** `others` = the other servers of the fleet. */
  async shows(fields: Partial<Server> = {}, others: readonly Server[] = []): Promise<void> {
    const { naming } = aServer();
    const server = aServer({
      id: this.serverId,
      name: 'Survival',
      power: 'running',
      naming: { ...naming, description: 'apart' },
      ...fields,
    });
    const state = createWindowState(new PerchClient(this.bridge));
    this.#state = state;
    const view: Component = (anchor) => SchedulesTab(anchor, { server });
    const nothing: Component = () => ({});
    const { rerender } = render(Frame, { view: nothing, state });
    this.bridge.snapshot('settings', someSettings());
    this.bridge.snapshot('fleet', { accounts: [anAccount()], servers: [server, ...others] });
    await tick();
    await rerender({ view, state });
    await tick();
  }

  /** View of the window. */
  get view(): View | undefined {
    return this.#state?.navigation.view;
  }

  sent(name: string): unknown[] {
    return this.bridge.calls.filter((call) => call.name === name).map(({ input }) => input);
  }

  rows(): HTMLElement[] {
    return screen.queryAllByTestId('schedule-row');
  }

  taskRows(): HTMLElement[] {
    return screen.queryAllByTestId('task-row');
  }

  async opens(at = 0): Promise<void> {
    await waitFor(() => expect(this.rows().length).toBeGreaterThan(at));
    const [button] = within(this.rows()[at] ?? document.body).getAllByRole('button');
    if (button !== undefined) await this.user.click(button);
    await screen.findByTestId('schedule-view');
  }

  async fromTaskMenu(testid: string, at = 0): Promise<void> {
    await this.user.click(within(this.taskRows()[at] ?? document.body).getByTestId('task-more'));
    await this.user.click(await screen.findByTestId(testid));
  }

  async types(testid: string, text: string): Promise<void> {
    const box = screen.getByTestId(testid);
    await this.user.clear(box);
    await this.user.type(box, text);
  }
}
