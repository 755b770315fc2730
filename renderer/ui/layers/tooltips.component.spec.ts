import { render } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { tick } from 'svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import Tooltips from './tooltips.svelte';

function button(tip: string): HTMLButtonElement {
  const made = document.createElement('button');
  made.dataset['tip'] = tip;
  made.append(document.createElement('span'));
  document.body.append(made);
  return made;
}

function point(target: Element): void {
  target.dispatchEvent(new Event('pointerover', { bubbles: true }));
}

async function rest(ms = 500): Promise<void> {
  await vi.advanceTimersByTimeAsync(ms);
  await tick();
}

async function gone(): Promise<void> {
  await vi.waitFor(() => expect(tip()).toBeNull());
}

function tip(): string | null {
  return document.querySelector('[role=tooltip]')?.textContent ?? null;
}

describe('the tooltip of a window', () => {
  let stop: HTMLButtonElement;
  let kill: HTMLButtonElement;

  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
    render(Tooltips);
    stop = button('Stop the server');
    kill = button('It is off already.');
  });
  afterEach(() => vi.useRealTimers());

  it('shows after the pointer has rested on an element, also on its children', async () => {
    point(stop.querySelector('span') ?? stop);
    await rest(499);
    expect(tip()).toBeNull();
    await rest(1);
    expect(tip()).toBe('Stop the server');
  });

  it('shows a text that the element cuts off, and none that stands there whole', async () => {
    const name = button('A long name');
    name.textContent = 'A long name';
    Object.defineProperty(name, 'clientWidth', { value: 40 });
    Object.defineProperty(name, 'scrollWidth', { value: 40, configurable: true });
    point(name);
    await rest();
    expect(tip()).toBeNull();
    point(document.body);
    Object.defineProperty(name, 'scrollWidth', { value: 80 });
    point(name);
    await rest();
    expect(tip()).toBe('A long name');
  });

  it('shows for the focus, and describes the focused element', async () => {
    await userEvent.setup({ advanceTimers: (ms) => vi.advanceTimersByTime(ms) }).tab();
    await rest();
    const id = document.querySelector('[role=tooltip]')?.id;
    expect(tip()).toBe('Stop the server');
    expect(id).toBeTruthy();
    expect(stop.getAttribute('aria-describedby')).toBe(id);
    stop.blur();
    await gone();
    expect(stop.hasAttribute('aria-describedby')).toBe(false);
  });

  it('keeps other descriptions of the element', async () => {
    stop.setAttribute('aria-describedby', 'note');
    point(stop);
    await rest();
    expect(stop.getAttribute('aria-describedby')?.split(' ')[0]).toBe('note');
    point(document.body);
    expect(stop.getAttribute('aria-describedby')).toBe('note');
  });

  it('moves to the next element without another rest', async () => {
    point(stop);
    await rest();
    point(kill);
    await rest(0);
    expect(tip()).toBe('It is off already.');
    expect(document.querySelectorAll('[role=tooltip]')).toHaveLength(1);
  });

  it('waits again after some time', async () => {
    point(stop);
    await rest();
    point(document.body);
    await gone();
    await rest(400);
    point(kill);
    await rest(400);
    expect(tip()).toBeNull();
  });

  it.each([
    ['a press', () => document.body.dispatchEvent(new Event('pointerdown', { bubbles: true }))],
    ['a list that is scrolled', () => document.body.dispatchEvent(new Event('scroll'))],
    ['a window that loses the focus', () => window.dispatchEvent(new Event('blur'))],
  ])('hides on %s', async (_what, act) => {
    point(stop);
    await rest();
    act();
    await gone();
  });

  it('stays hidden over a pressed element until the pointer has left it', async () => {
    point(stop);
    await rest();
    stop.dispatchEvent(new Event('pointerdown', { bubbles: true }));
    await gone();
    point(stop.querySelector('span') ?? stop);
    await rest(2000);
    expect(tip()).toBeNull();
    point(document.body);
    point(stop);
    await rest();
    expect(tip()).toBe('Stop the server');
  });

  it('hides on Esc, which still reaches the layer below', async () => {
    const heard = vi.fn((event: Event) => event.defaultPrevented);
    window.addEventListener('keydown', heard);
    point(stop);
    await rest();
    stop.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, cancelable: true }));
    window.removeEventListener('keydown', heard);
    await gone();
    expect(heard.mock.results.map(({ value }) => value as unknown)).toEqual([false]);
  });

  it("follows the element's text, and hides with the element", async () => {
    point(stop);
    await rest();
    stop.dataset['tip'] = 'Stopping';
    await rest(0);
    expect(tip()).toBe('Stopping');
    stop.remove();
    await gone();
  });

  it('does not show for an element removed meanwhile', async () => {
    point(stop);
    await rest(200);
    stop.remove();
    await rest();
    expect(tip()).toBeNull();
  });
});
