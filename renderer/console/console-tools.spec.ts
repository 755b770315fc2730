import { describe, expect, it } from 'vitest';
import { beginsCommand, toolItems, toolMenu, toolOfKey, type ConsoleTools } from './console-tools.js';

const none = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };

describe('toolOfKey', () => {
  it.each([
    [{ key: 'f', code: 'KeyF', ctrlKey: true }, 'search'],
    [{ key: 'F', code: 'KeyF', metaKey: true }, 'search'],
    [{ key: 's', code: 'KeyS', ctrlKey: true }, 'save'],
    [{ key: 'l', code: 'KeyL', ctrlKey: true }, 'clear'],
    // With Option, a Mac types another character.
    [{ key: '\u2020', code: 'KeyT', altKey: true }, 'toggleTimestamps'],
    [{ key: 'z', code: 'KeyZ', altKey: true }, 'toggleWrap'],
    [{ key: 'f', code: 'KeyF' }, null],
    [{ key: 'F', code: 'KeyF', ctrlKey: true, shiftKey: true }, null],
    // AltGr is Ctrl and Alt together and types characters.
    [{ key: 'f', code: 'KeyF', ctrlKey: true, altKey: true }, null],
    [{ key: 'z', code: 'KeyZ', ctrlKey: true, altKey: true }, null],
  ])('%o is %s', (event, tool) => {
    expect(toolOfKey({ ...none, ...event })).toBe(tool);
  });
});

describe('the menu', () => {
  const nothing = (): void => undefined;
  const tools: ConsoleTools = {
    keys: 'Ctrl',
    searching: false,
    timestamps: true,
    wrap: true,
    selected: false,
    saving: false,
    search: nothing,
    toggleTimestamps: nothing,
    toggleWrap: nothing,
    copySelection: nothing,
    copyAll: nothing,
    save: nothing,
    share: nothing,
    clear: nothing,
    links: () => [],
    openLink: nothing,
  };

  it('has all tools of the bar', () => {
    const labels = toolMenu(tools).flatMap((item) => (item.kind === 'action' ? [item.label] : []));
    for (const { label, menuLabel = label } of Object.values(toolItems(tools)))
      expect(labels).toContain(menuLabel);
    expect(labels).toContain('Hide timestamps');
  });

  it('blocks impossible actions, and lists the visible links', () => {
    const copy = toolMenu(tools).find((item) => item.kind === 'action' && item.label === 'Copy selection');
    expect(copy).toMatchObject({ blocked: 'Select text in the console first.' });
    const folder = (links: string[]) =>
      toolMenu({ ...tools, links: () => links }).find((item) => item.kind === 'folder');
    expect(folder([])).toMatchObject({ items: [{ label: 'None', blocked: 'No link is in view.' }] });
    expect(folder(['https://a.example/'])).toMatchObject({ items: [{ label: 'https://a.example/' }] });
  });
});

describe('beginsCommand', () => {
  const pressed = (key: string, held: object = {}): boolean =>
    beginsCommand({ key, ctrlKey: false, metaKey: false, altKey: false, isComposing: false, ...held });

  it.each(['s', 'S', '!', 'é', '1', '🎮'])('takes %j', (key) => {
    expect(pressed(key)).toBe(true);
  });

  it.each([' ', '/', '?', 'Enter', 'F6', 'ArrowUp', 'Dead'])('leaves %j alone', (key) => {
    expect(pressed(key)).toBe(false);
  });

  it('leaves shortcuts alone', () => {
    for (const held of [{ ctrlKey: true }, { metaKey: true }, { altKey: true }, { isComposing: true }]) {
      expect(pressed('s', held)).toBe(false);
    }
  });
});
