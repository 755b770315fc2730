import { describe, expect, it } from 'vitest';
import type { PowerSignal } from '../../../../bridge/schema/domain.js';
import type { TrayAction, MenuEntry, MenuModel } from '../menu-entry.js';
import { MenuLayout, type LayoutEntry } from './menu-layout.js';

const power = (id: string, signal: PowerSignal): TrayAction => ({ kind: 'power', serverId: id, signal });
const action = (label: string, does: TrayAction): MenuEntry => ({ kind: 'action', label, action: does });
const server = (id: string, state: string, ...signals: PowerSignal[]): MenuEntry => ({
  kind: 'submenu',
  label: `${id} — ${state}`,
  of: { kind: 'server', id },
  entries: signals.map((signal) => action(signal, power(id, signal))),
});
const menu = (title: string, ...entries: MenuEntry[]): MenuModel => [
  { kind: 'text', label: title },
  { kind: 'separator' },
  ...entries,
  { kind: 'separator' },
  action('Quit Perch', { kind: 'quit' }),
];

/** Numbers of all entries by label, parents first. */
function numbers(layout: MenuLayout): Record<string, number> {
  const listed = (entry: LayoutEntry, above: string): [string, number][] =>
    entry.children.flatMap((child) => {
      const name = `${above}${String(child.properties['label'] ?? '---')}`;
      return [[name, child.id], ...listed(child, `${name} > `)];
    });
  const root = layout.find(0);
  return root === undefined ? {} : Object.fromEntries(listed(root, ''));
}

describe('MenuLayout', () => {
  it('keeps the number of an entry with a changed label, and reports the label', () => {
    const layout = new MenuLayout();
    layout.set(menu('1 running', server('a', 'running', 'stop')));
    const before = numbers(layout);
    const change = layout.set(menu('1 busy', server('a', 'stopping', 'stop')));
    const after = numbers(layout);
    expect(after['a — stopping > stop']).toBe(before['a — running > stop']);
    expect(change.parents).toEqual([]);
    expect(change.properties).toEqual([
      { id: before['1 running'], properties: { label: '1 busy', enabled: false } },
      {
        id: before['a — running'],
        properties: { label: 'a — stopping', 'children-display': 'submenu' },
      },
    ]);
  });

  it('reports the only submenu with changed entries', () => {
    const layout = new MenuLayout();
    layout.set(menu('', server('a', 'offline', 'start', 'restart'), server('b', 'running', 'stop')));
    const { 'a — offline': a } = numbers(layout);
    const change = layout.set(menu('', server('a', 'starting', 'stop'), server('b', 'running', 'stop')));
    expect(change.parents).toEqual([a]);
  });

  it('keeps the numbers of entries that move or come back', () => {
    const layout = new MenuLayout();
    const [a, b] = [server('a', 'running', 'stop'), server('b', 'running', 'stop')];
    layout.set(menu('', a, b));
    const before = numbers(layout);
    expect(layout.set(menu('', b, a))).toEqual({ properties: [], parents: [0] });
    expect(numbers(layout)).toEqual(before);
    layout.set(menu('', b));
    layout.set(menu('', a, b));
    expect(numbers(layout)).toEqual(before);
  });

  it('knows the meaning of a removed entry, and none of an unknown number', () => {
    const layout = new MenuLayout();
    layout.set(menu('', server('a', 'offline', 'start')));
    const start = numbers(layout)['a — offline > start'] ?? 0;
    layout.set(menu('', server('a', 'running', 'stop')));
    expect(layout.actionOf(start)).toEqual(power('a', 'start'));
    expect(layout.actionOf(start + 1000)).toBeNull();
    expect(layout.actionOf(0)).toBeNull();
  });

  it('gives entries of the same meaning their own numbers', () => {
    const layout = new MenuLayout();
    const view: TrayAction = { kind: 'view', view: { kind: 'settings' } };
    layout.set([
      action('Settings', view),
      action('More', view),
      { kind: 'separator' },
      { kind: 'separator' },
    ]);
    expect(new Set(layout.find(0)?.children.map(({ id }) => id)).size).toBe(4);
  });

  it('shows names unchanged, whatever characters mark access keys', () => {
    const layout = new MenuLayout();
    layout.set([action('R&&D_1', { kind: 'open' })]);
    expect(layout.find(0)?.children[0]?.properties['label']).toBe('R&D__1');
  });

  it('forgets the oldest removed entries, and no existing entries', () => {
    const layout = new MenuLayout();
    const stays = server('stays', 'running', 'stop');
    layout.set([stays, server('first', 'running', 'stop')]);
    const [first, stop] = ['first — running > stop', 'stays — running > stop'].map(
      (name) => numbers(layout)[name] ?? 0,
    );
    for (let at = 0; at < 3000; at++) layout.set([stays, server(`s${at}`, 'running', 'stop')]);
    expect(layout.actionOf(first ?? 0)).toBeNull();
    expect(numbers(layout)['stays — running > stop']).toBe(stop);
  });
});
