/** Places with controls for a server: which controls work there, and the reason why others do not. */
import type { Locator, Page } from '@playwright/test';
import type { PowerSignal } from '../../bridge/schema/domain.js';
import type { Desktop } from '../support/desktop/desktop.mjs';
import { MainWindow, popoverRow, ServerWindow } from './pages.js';
import { expect } from './perch.js';

/** `why` is empty when the control works. */
export interface Seen {
  readonly enabled: boolean;
  readonly why: string;
}
export type Place = Readonly<Record<string, Seen>>;

export const signals = ['start', 'stop', 'restart', 'kill'] as const satisfies readonly PowerSignal[];

/** Signals with a button in a server's view; Kill is in the menu beside them. */
export const headSignals = ['start', 'stop', 'restart'] as const satisfies readonly PowerSignal[];

/** All descriptions of an element: title, referenced description and placeholder. */
async function read(control: Locator): Promise<Seen> {
  return control.evaluate((element) => {
    const isDisabled =
      (element as HTMLButtonElement).disabled || element.getAttribute('aria-disabled') === 'true';
    const described = (element.getAttribute('aria-describedby') ?? '').split(' ');
    const texts = [
      element.getAttribute('aria-description'),
      ...described.map((id) => document.getElementById(id)?.textContent),
      element.getAttribute('placeholder'),
    ];
    const why = texts.filter((text) => typeof text === 'string' && text !== '').join(' ');
    return { enabled: !isDisabled, why: isDisabled ? why.replace(/\s+/g, ' ').trim() : '' };
  });
}

async function readAll(controls: Readonly<Record<string, Locator>>): Promise<Place> {
  const seen = Object.entries(controls).map(async ([name, control]) => [name, await read(control)] as const);
  return Object.fromEntries(await Promise.all(seen));
}

function powerOf(locate: (signal: PowerSignal) => Locator): Record<string, Locator> {
  return Object.fromEntries(signals.map((signal) => [signal, locate(signal)]));
}

/** Header and console of the open server. */
export async function consolePlace(page: Page): Promise<Place> {
  const live = (await page.getByTestId('console-link').textContent()) === 'live';
  const banner = page.getByTestId('console-banner');
  const view = page.getByTestId('server-view');
  const controls = await readAll({
    ...Object.fromEntries(headSignals.map((signal) => [signal, view.getByTestId(`power-${signal}`)])),
    command: page.getByTestId('command-input'),
    history: page.getByTestId('history'),
  });
  await view.getByTestId('power-more').click();
  const kill = await read(page.getByTestId('power-menu-kill'));
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('power-menu')).toBeHidden();
  const why = live || (await banner.count()) === 0 ? '' : await banner.innerText();
  return { ...controls, kill, live: { enabled: live, why } };
}

export async function startupPlace(page: Page, variables: readonly string[]): Promise<Place> {
  await new ServerWindow(page).tab('Startup');
  const whole = page.getByTestId('startup-tab');
  const closed = page.getByTestId('startup-blocked');
  await expect(closed.or(page.getByTestId('startup-command'))).toBeVisible();
  if (await closed.isVisible()) {
    const none = { enabled: false, why: await closed.innerText() };
    return Object.fromEntries(['start command', 'image', ...variables].map((name) => [name, none]));
  }
  const readOnly = page.getByTestId('startup-read-only');
  const why = (await readOnly.count()) === 0 ? '' : await readOnly.innerText();
  const fields = await readAll({
    image: page.getByTestId('docker-image'),
    ...Object.fromEntries(
      variables.map((env) => [env, whole.getByTestId(`variable-${env}`).locator('input, [role=combobox]')]),
    ),
  });
  const reasons = Object.entries(fields).map(([name, seen]): [string, Seen] =>
    seen.enabled || name === 'image' ? [name, seen] : [name, { enabled: false, why }],
  );
  return { 'start command': { enabled: true, why: '' }, ...Object.fromEntries(reasons) };
}

export async function settingsPlace(page: Page): Promise<Place> {
  const server = new ServerWindow(page);
  await server.tab('Settings');
  return readAll({
    name: server.name,
    description: server.description,
    reinstall: page.getByTestId('reinstall'),
  });
}

export async function palettePlace(page: Page, server: string): Promise<Place> {
  await page.keyboard.press('Control+k');
  const palette = page.getByTestId('palette');
  const place: Record<string, Seen> = {};
  for (const signal of signals) {
    await palette.getByRole('combobox').fill(`${signal} ${server}`);
    const label = new RegExp(`(^|\\s)${signal} ${server}`, 'i');
    place[signal] = await read(palette.getByRole('option').filter({ hasText: label }));
  }
  await page.keyboard.press('Escape');
  await expect(palette).toBeHidden();
  return place;
}

/** Row in the fleet table: its button and its menu. */
export async function rowPlace(page: Page, server: string): Promise<{ button: Place; menu: Place }> {
  await page.getByRole('button', { name: 'All servers' }).click();
  const row = new MainWindow(page).fleetRow(server);
  const quick = row.getByRole('button', { name: /^(Start|Stop) / });
  const signal = (await quick.getAttribute('aria-label'))?.startsWith('Start') === true ? 'start' : 'stop';
  const button = { [signal]: await read(quick) };
  await row.getByTestId('row-menu').click();
  return { button, menu: await menuPlace(page) };
}

/** Menu of the server's entry in the sidebar. */
export async function sidebarPlace(page: Page, server: string): Promise<Place> {
  await page.getByTestId('sidebar-server').filter({ hasText: server }).click({ button: 'right' });
  return menuPlace(page);
}

/** Reads the entries of the open menu and closes it. */
async function menuPlace(page: Page): Promise<Place> {
  const menu = page.getByTestId('fleet-menu');
  const entries = await readAll(powerOf((one) => menu.getByTestId(`menu-${one}`)));
  await page.keyboard.press('Escape');
  await expect(menu).toBeHidden();
  return entries;
}

/** Entries for a server in the tray menu, and the line that explains missing entries. */
export async function trayPlace(
  desktop: Desktop,
  server: string,
): Promise<{ offered: PowerSignal[]; why: string }> {
  const entry = (await desktop.trayMenu()).find(({ label }) => label.includes(server));
  const children = entry?.children ?? [];
  const isOffered = (signal: PowerSignal): boolean =>
    children.some(({ label, enabled }) => enabled && label.replace('…', '').toLowerCase() === signal);
  const isPlayers = (label: string): boolean => label.startsWith('Players reported by');
  const closed = children.filter(({ label, enabled }) => !enabled && label !== '' && !isPlayers(label));
  return { offered: signals.filter(isOffered), why: closed.map(({ label }) => label).join('\n') };
}

/** Row in the popover, which has no Kill button. */
export async function popoverPlace(popover: Page, server: string): Promise<Place> {
  const row = popoverRow(popover, server);
  const button = (signal: PowerSignal): Locator => row.getByTestId(`power-${signal}`);
  return readAll({ start: button('start'), stop: button('stop'), restart: button('restart') });
}
