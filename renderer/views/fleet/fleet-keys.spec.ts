import { describe, expect, it } from 'vitest';
import type { Section } from '../../state/fleet/arrangement.js';
import { serverItems, type FleetItem } from './fleet-items.js';
import { actOnKey, actOnSideKey, type KeyActs } from './fleet-keys.js';

const items = serverItems(Array.from({ length: 30 }, (_, at) => `s${at}`));

function press(key: string, active: string | null, held: Partial<KeyboardEvent> = {}) {
  const done: string[] = [];
  const acts: KeyActs = {
    goTo: (to, extend) => void done.push(`${extend ? 'extend' : 'go'} ${to}`),
    open: (item) => void done.push(`open ${item.key}`),
    select: (item) => void done.push(`select ${item.key}`),
    selectFound: () => void done.push('all'),
    clear: () => {
      done.push('clear');
      return false;
    },
    move: (item, step) => void done.push(`move ${item.key} ${step}`),
    fold: () => false,
  };
  const event = { key, shiftKey: false, ctrlKey: false, metaKey: false, altKey: false, ...held };
  return { taken: actOnKey(event, items, active, acts), done };
}

describe('actOnKey', () => {
  it.each([
    ['ArrowDown', 's3', 'go s4'],
    ['ArrowUp', 's0', 'go s0'],
    ['ArrowDown', null, 'go s0'],
    ['PageDown', 's3', 'go s15'],
    ['PageDown', 's25', 'go s29'],
    ['PageUp', 's3', 'go s0'],
    ['Home', 's9', 'go s0'],
    ['End', 's9', 'go s29'],
    ['Enter', 's3', 'open s3'],
    [' ', 's3', 'select s3'],
  ])('%j at %s: %s', (key, active, did) => {
    expect(press(key, active)).toEqual({ taken: true, done: [did] });
  });

  it('handles Shift, Ctrl and Alt', () => {
    expect(press('ArrowDown', 's3', { shiftKey: true }).done).toEqual(['extend s4']);
    expect(press('a', 's3', { ctrlKey: true }).done).toEqual(['all']);
    expect(press('A', null, { metaKey: true }).done).toEqual(['all']);
    expect(press('ArrowUp', 's3', { altKey: true }).done).toEqual(['move s3 -1']);
  });

  it('ignores other keys', () => {
    for (const key of ['x', '/', 'Tab']) expect(press(key, 's3')).toEqual({ taken: false, done: [] });
    expect(press('k', 's3', { ctrlKey: true }).taken).toBe(false);
    expect(press('Escape', 's3')).toEqual({ taken: false, done: ['clear'] });
    expect(press('Enter', null).taken).toBe(false);
  });
});

describe('actOnSideKey', () => {
  const section = { key: 'group:g', serverIds: ['s0'] } as unknown as Section;
  const title: FleetItem = { kind: 'section', key: 'group:g', section, count: 1, isFolded: false };
  const tree: readonly FleetItem[] = [title, { kind: 'server', key: 's0', section }];

  function pressSide(key: 'ArrowLeft' | 'ArrowRight', active: string, folds = true) {
    const done: string[] = [];
    const acts = {
      goTo: (to: string) => void done.push(`go ${to}`),
      fold: ({ key: of }: FleetItem, isFolded: boolean) => {
        done.push(`${isFolded ? 'fold' : 'unfold'} ${of}`);
        return folds;
      },
    };
    return { taken: actOnSideKey(key, active === 's3' ? items : tree, active, acts), done };
  }

  it('folds and unfolds a title, and otherwise moves on', () => {
    expect(pressSide('ArrowLeft', 'group:g')).toEqual({ taken: true, done: ['fold group:g'] });
    expect(pressSide('ArrowRight', 'group:g')).toEqual({ taken: true, done: ['unfold group:g'] });
    expect(pressSide('ArrowRight', 'group:g', false).taken).toBe(false);
  });

  it('leads left from a server to its title, and right to its buttons', () => {
    expect(pressSide('ArrowLeft', 's0')).toEqual({ taken: true, done: ['go group:g'] });
    expect(pressSide('ArrowRight', 's0')).toEqual({ taken: false, done: [] });
    expect(pressSide('ArrowLeft', 's3')).toEqual({ taken: false, done: [] });
  });
});
