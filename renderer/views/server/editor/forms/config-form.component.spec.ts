/** The forms of configuration files: their fields, and the effect of a press on the text. */
import { render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { tick, type Component } from 'svelte';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Server } from '../../../../../bridge/schema/domain.js';
import { configFiles, peopleFiles } from '../../../../../tests/support/config-files.js';
import { anAccount, aServer, someSettings } from '../../../../../tests/support/entities.js';
import { FakeBridge } from '../../../../../tests/support/fake-bridge.js';
import { PerchClient } from '../../../../api.js';
import type { WindowState } from '../../../../state/context.js';
import { createWindowState } from '../../../../state/window-state.js';
import Frame from '../../../frame.svelte';
import TextEditor from '../text-editor.svelte';

const user = userEvent.setup();
const id = 'home/u0';
let bridge: FakeBridge;
let state: WindowState;

// The first reading of the form's code takes longer than a test waits for an element.
beforeAll(async () => void (await import('./form-side.svelte')));
beforeEach(() => {
  // jsdom has no layout, so windows are small and the form stands instead of the text.
  Range.prototype.getClientRects = () => document.createElement('p').getClientRects();
  bridge = new FakeBridge();
  state = createWindowState(new PerchClient(bridge));
});

/** Opens a file in the editor. */
async function opensText(path: string, text: string, fields: Partial<Server> = {}): Promise<void> {
  const server = aServer({ id, ...fields });
  const opened = {
    kind: 'text',
    text,
    format: { encoding: 'utf-8', bom: false },
    version: 'a'.repeat(64),
  } as const;
  bridge.answer('texts.open', { opened, draft: null });
  const view: Component = (anchor) => TextEditor(anchor, { server });
  const nothing: Component = () => ({});
  const { rerender } = render(Frame, { view: nothing, state });
  bridge.snapshot('settings', someSettings());
  bridge.snapshot('fleet', { accounts: [anAccount()], servers: [server] });
  await tick();
  await state.forms.text(id).open(path);
  await rerender({ view, state });
  await screen.findByTestId('text-find');
}

/** Opens a file and its form. */
async function opens(path: string, text: string, fields: Partial<Server> = {}): Promise<void> {
  await opensText(path, text, fields);
  await user.click(screen.getByTestId('text-form'));
  await screen.findByTestId('config-form');
}

const text = (): string => state.forms.text(id).text;
const field = (key: string): HTMLElement => screen.getByTestId(`config-field-${key}`);

describe('the form of server.properties', () => {
  const properties = '#x\r\npvp=true\r\nmax-players = 20\r\nmotd=Hi\r\nmotd2=\r\n';

  it('shows each setting with its value and line, and names missing settings', async () => {
    await opens('/server.properties', properties);
    const pvp = within(field('pvp'));
    expect(pvp.getByRole<HTMLInputElement>('switch', { name: 'Players can hurt each other' }).checked).toBe(
      true,
    );
    expect(pvp.getByText('Line 2')).toBeTruthy();
    expect(field('difficulty').textContent).toContain('Not in the file.');
    expect(within(field('difficulty')).getByRole('combobox').textContent).toContain('Not set');
  });

  it('changes only the value, and undoes that with Ctrl+Z', async () => {
    await opens('/server.properties', properties);
    await user.click(within(field('pvp')).getByRole('switch'));
    expect(text()).toBe(properties.replace('pvp=true', 'pvp=false'));
    await user.keyboard('{Control>}z{/Control}');
    expect(text()).toBe(properties);
    await user.keyboard('{Control>}y{/Control}');
    expect(text()).toContain('pvp=false');
    await user.keyboard('{Control>}z{/Control}');
    const players = within(field('max-players')).getByRole('textbox');
    await user.type(players, '0');
    expect(text()).toBe(properties.replace('= 20', '= 200'));
  });

  it('keeps half a number in the field and the value from before in the text', async () => {
    await opens('/server.properties', properties);
    const players = within(field('max-players')).getByRole<HTMLInputElement>('textbox');
    await user.clear(players);
    expect([players.value, text()]).toEqual(['', properties]);
    expect(field('max-players').textContent).toMatch(/A whole number from 0.*The text keeps the value/s);
    expect(players.getAttribute('aria-invalid')).toBe('true');
    await user.type(players, '5');
    expect(text()).toBe(properties.replace('= 20', '= 5'));
  });

  it('adds a line for a setting that the file lacks, and keeps the focus meanwhile', async () => {
    await opens('/server.properties', 'pvp=true\n');
    const name = within(field('level-name')).getByRole<HTMLInputElement>('textbox');
    await user.type(name, 'new');
    expect(text()).toBe('pvp=true\nlevel-name=new\n');
    expect(document.activeElement).toBe(name);
  });

  it('shows the values of the text, also a value that no field can show', async () => {
    await opens('/server.properties', properties);
    await user.click(screen.getByTestId('text-form'));
    const content = screen.getByRole('textbox', { name: /Text of/ });
    content.focus();
    await user.keyboard('{Control>}a{/Control}');
    await user.paste('pvp=maybe\nmax-players=7\n');
    await user.click(screen.getByTestId('text-form'));
    await waitFor(() => expect(field('pvp').textContent).toContain('can’t show the value in line 1'));
    expect(within(field('pvp')).getByRole('combobox').hasAttribute('disabled')).toBe(true);
    expect(within(field('max-players')).getByRole<HTMLInputElement>('textbox').value).toBe('7');
  });

  it('closes a list of choices with Esc, and stays', async () => {
    await opens('/server.properties', properties);
    const box = within(field('gamemode')).getByRole('combobox');
    box.focus();
    await user.keyboard('{Enter}');
    await waitFor(() => expect(box.getAttribute('aria-expanded')).toBe('true'));
    await user.keyboard('{Escape}');
    await waitFor(() => expect(box.getAttribute('aria-expanded')).toBe('false'));
    expect(state.forms.text(id).path).toBe('/server.properties');
  });

  it('shows the line in the text, with the cursor there', async () => {
    await opens('/server.properties', properties);
    await user.click(within(field('motd')).getByText('Line 4'));
    await waitFor(() => expect(screen.getByTestId('text-place').textContent).toContain('Line 4'));
    expect(screen.queryByTestId('config-form')).toBeNull();
    expect(document.activeElement).toBe(screen.getByRole('textbox', { name: /Text of/ }));
  });

  it('can’t be changed without the permission', async () => {
    await opens('/server.properties', properties, { isOwner: false, permissions: ['file.read-content'] });
    expect(within(field('pvp')).getByRole<HTMLInputElement>('switch').disabled).toBe(true);
  });
});

it('says that a text has no form while it has mistakes', async () => {
  await opens('/spigot.yml', 'settings: [\n');
  expect(screen.getByTestId('config-form-none').textContent).toContain('The form can’t read this text.');
});

it('offers the agreement to read beside its switch', async () => {
  await opens('/eula.txt', configFiles.eula);
  await user.click(screen.getByTestId('read-eula'));
  expect(bridge.calls.filter(({ name }) => name === 'link.open').map(({ input }) => input)).toEqual([
    { url: 'https://aka.ms/MinecraftEULA' },
  ]);
  await user.click(screen.getByRole('switch'));
  expect(text()).toBe(configFiles.eula.replace('eula=false', 'eula=true'));
});

it.each([
  ['running', true],
  ['offline', false],
] as const)('says that Palworld writes its file at the end, while the server is %s', async (power, says) => {
  await opens('/Pal/PalWorldSettings.ini', configFiles.palworld, { power });
  expect(screen.queryByTestId('config-form-running') !== null).toBe(says);
});

it('has no form for other files', async () => {
  await opensText('/other.properties', 'a=1\n');
  expect(screen.queryByTestId('text-form')).toBeNull();
});

describe('the form of ops.json', () => {
  it('takes a person off the list and changes a level', async () => {
    await opens('/ops.json', peopleFiles.ops);
    const [, second] = screen.getAllByTestId('person');
    if (second === undefined) throw new Error('no second person');
    expect(second.textContent).toContain('jeb_');
    await user.click(within(second).getByTestId('person-level'));
    await user.keyboard('{ArrowDown}{Enter}');
    await waitFor(() => expect(text()).toBe(peopleFiles.ops.replace('"level": 2', '"level": 3')));
    await user.click(within(second).getByTestId('person-remove'));
    await waitFor(() => expect(screen.getAllByTestId('person')).toHaveLength(1));
    expect(JSON.parse(text())).toMatchObject([{ name: 'Notch' }]);
    await waitFor(() => expect(document.activeElement).toBe(screen.getByTestId('person-remove')));
    await user.keyboard('{Control>}zz{/Control}');
    expect(text()).toBe(peopleFiles.ops);
  });

  it('adds a person with a UUID, and names missing fields', async () => {
    await opens('/whitelist.json', peopleFiles.whitelist);
    await user.click(screen.getByTestId('person-add'));
    const form = screen.getByTestId('new-person');
    expect(form.textContent).toMatch(/Enter the player’s name.*A UUID has 32 characters/s);
    await user.type(screen.getByRole('textbox', { name: 'Player name' }), 'jeb_');
    await user.type(screen.getByRole('textbox', { name: 'UUID' }), '069a79f444e94726a5befca90e38aaf5');
    expect(form.textContent).toContain('Notch is on the list already.');
    await user.clear(screen.getByRole('textbox', { name: 'UUID' }));
    await user.type(screen.getByRole('textbox', { name: 'UUID' }), '853c80ef3c3749fdaa49938b674adae6{Enter}');
    expect(JSON.parse(text())).toEqual([
      { uuid: '069a79f4-44e9-4726-a5be-fca90e38aaf5', name: 'Notch' },
      { uuid: '853c80ef-3c37-49fd-aa49-938b674adae6', name: 'jeb_' },
    ]);
  });
});
