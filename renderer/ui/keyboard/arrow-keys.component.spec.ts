import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import { arrowKeys } from './arrow-keys.js';

const user = userEvent.setup();

/** Three rows with a button each, and a notice between two of them. */
const page = `
  <button id="before"></button>
  <div id="list">
    <div data-row-group><button data-row id="one"></button><button id="stop-one"></button></div>
    <div data-row-group><button data-row id="two"></button><button id="stop-two"></button></div>
    <p><button id="try-again"></button></p>
    <div data-row-group><button data-row id="three"></button><button id="stop-three"></button></div>
  </div>
  <button id="after"></button>`;

function focus(id: string): void {
  document.getElementById(id)?.focus();
}

/** Focused elements after each of `count` steps. */
async function stops(count: number, shift = false): Promise<(string | undefined)[]> {
  const at: (string | undefined)[] = [];
  for (let step = 0; step < count; step += 1) {
    await user.tab({ shift });
    at.push(document.activeElement?.id);
    // The order is restored before the next key.
    await new Promise((next) => setTimeout(next));
  }
  return at;
}

describe('a list that arrow keys lead through', () => {
  beforeEach(() => {
    document.body.innerHTML = page;
    return arrowKeys(document.getElementById('list') ?? document.body);
  });

  it('is left by Tab after the controls of its row, without skipping content between rows', async () => {
    focus('one');
    expect(await stops(3)).toEqual(['stop-one', 'try-again', 'three']);
    expect(await stops(2)).toEqual(['stop-three', 'after']);
  });

  it('is left backwards in the same way', async () => {
    focus('two');
    expect(await stops(1, true)).toEqual(['before']);
  });

  it('has all its rows in the tab order again after it was left', async () => {
    focus('one');
    await stops(2);
    const rows = [...document.querySelectorAll<HTMLElement>('#list button')];
    expect(rows.map(({ tabIndex }) => tabIndex)).toEqual(rows.map(() => 0));
    expect(rows.some((row) => row.hasAttribute('tabindex'))).toBe(false);
  });

  it('ignores other keys, and content that is no row', async () => {
    focus('try-again');
    expect(await stops(1)).toEqual(['three']);
    focus('one');
    await user.keyboard('{ArrowDown}');
    expect(document.activeElement?.id).toBe('two');
  });
});
