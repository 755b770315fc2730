/** The Files tab of a server over a fake bridge, for component specs. */
import { render, screen, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { tick, type Component } from 'svelte';
import type { Server } from '../../bridge/schema/domain.js';
import type { FolderPart, ServerFile } from '../../bridge/schema/files.js';
import { PerchClient } from '../../renderer/api.js';
import { createWindowState } from '../../renderer/state/window-state.js';
import FilesTab from '../../renderer/views/server/files/files-tab.svelte';
import Frame from '../../renderer/views/frame.svelte';
import { anAccount, aServer, someSettings } from './entities.js';
import { FakeBridge } from './fake-bridge.js';

export const serverId = 'home/u0';

/** A part of a folder that alone counts as a complete reading. */
export const aFolderPart = (files: readonly ServerFile[], fields: Partial<FolderPart> = {}): FolderPart => ({
  files,
  isFirst: true,
  end: true,
  problem: null,
  ...fields,
});

export class FilesPage {
  readonly bridge = new FakeBridge();
  readonly state = createWindowState(new PerchClient(this.bridge));
  readonly user = userEvent.setup();

  /** Shows the tab; null = no answer of the panel so far. */
  async shows(files: readonly ServerFile[] | null, fields: Partial<Server> = {}): Promise<void> {
    const { bridge, state } = this;
    const server = aServer({ id: serverId, name: 'Survival', ...fields });
    const props = {
      get server() {
        return state.fleet.server(serverId) ?? server;
      },
    };
    const view: Component = (anchor) => FilesTab(anchor, props);
    const nothing: Component = () => ({});
    const { rerender } = render(Frame, { view: nothing, state });
    bridge.snapshot('settings', someSettings());
    bridge.snapshot('fleet', { accounts: [anAccount()], servers: [server] });
    bridge.snapshot('navigation', { kind: 'server', serverId, tab: 'files' });
    await tick();
    await rerender({ view, state });
    if (files !== null) await this.reads(files);
  }

  async serverBecomes(fields: Partial<Server>): Promise<void> {
    const server = aServer({ id: serverId, name: 'Survival', ...fields });
    this.bridge.snapshot('fleet', { accounts: [anAccount()], servers: [server] });
    await tick();
  }

  /** The first part of a reading of the shown folder. */
  async reads(files: readonly ServerFile[], fields: Partial<FolderPart> = {}): Promise<void> {
    this.bridge.snapshot('folder', aFolderPart(files, fields));
    await tick();
  }

  /** A later part. */
  async becomes(files: readonly ServerFile[], fields: Partial<FolderPart> = {}): Promise<void> {
    this.bridge.change('folder', aFolderPart(files, fields));
    await tick();
  }

  rows(): HTMLElement[] {
    return screen.queryAllByTestId('file-row');
  }

  names(): (string | undefined)[] {
    return this.rows().map((row) => row.dataset['key']);
  }

  row(name: string): HTMLElement {
    const found = this.rows().find((one) => one.dataset['key'] === name);
    if (found === undefined) throw new Error(`There is no row ${name}.`);
    return found;
  }

  /** Path of the folder that the tab watches. */
  folder(): string | undefined {
    const watched = this.bridge.subscriptions.findLast(({ name, ended }) => name === 'folder' && !ended);
    return (watched?.params as { path: string } | undefined)?.path;
  }

  sent(name: string): unknown[] {
    return this.bridge.calls.filter((call) => call.name === name).map(({ input }) => input);
  }

  /** Name of the file whose row has the focus. */
  focused(): string | undefined {
    return document.activeElement instanceof HTMLElement ? document.activeElement.dataset['key'] : undefined;
  }

  async focusOn(name: string): Promise<void> {
    this.row(name).focus();
    await tick();
  }

  async fromMenu(name: string, entry: string): Promise<HTMLElement> {
    await this.user.click(within(this.row(name)).getByTestId('file-more'));
    const item = within(await screen.findByTestId('file-menu')).getByTestId(`file-${entry}`);
    await this.user.click(item);
    return item;
  }

  /** Chooses an entry of the menu "New". */
  async fromNew(entry: string): Promise<void> {
    await this.user.click(screen.getByTestId('files-new'));
    await this.user.click(within(await screen.findByTestId('folder-menu')).getByTestId(`file-${entry}`));
  }
}
