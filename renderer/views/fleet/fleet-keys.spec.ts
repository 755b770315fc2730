import { describe, expect, it } from 'vitest';
import { serverItems } from './fleet-items.js';
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

  it('takes shift, control and alt', () => {
    expect(press('ArrowDown', 's3', { shiftKey: true }).done).toEqual(['extend s4']);
    expect(press('a', 's3', { ctrlKey: true }).done).toEqual(['all']);
    expect(press('A', null, { metaKey: true }).done).toEqual(['all']);
    expect(press('ArrowUp', 's3', { altKey: true }).done).toEqual(['move s3 -1']);
  });

  it('leaves alone what is not its own', () => {
    for (const key of ['x', '/', 'Tab']) expect(press(key, 's3')).toEqual({ taken: false, done: [] });
    expect(press('k', 's3', { ctrlKey: true }).taken).toBe(false);
    expect(press('Escape', 's3')).toEqual({ taken: false, done: ['clear'] });
    expect(press('Enter', null).taken).toBe(false);
  });
});
