import { render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { createRawSnippet } from 'svelte';
import { describe, expect, it, vi } from 'vitest';
import Picker from './picker.svelte';

interface Entry {
  readonly id: string;
}

const user = userEvent.setup();
const row = createRawSnippet<[Entry]>((entry) => ({ render: () => `<span>${entry().id}</span>` }));
const all: readonly Entry[] = ['say hello', 'say bye', 'stop', 'list', 'help', 'save-all'].map((id) => ({
  id,
}));

function show(entries = all, more: object = {}) {
  const onpick = vi.fn<(entry: Entry) => void>();
  const shared = { label: 'Commands', icon: 'search' as const, search: '', empty: 'Nothing matches.', row };
  const { rerender } = render(Picker, { ...shared, entries, onpick, ...more });
  const field = screen.getByRole<HTMLInputElement>('combobox', { name: 'Commands' });
  return { field, onpick, rerender: (next: readonly Entry[]) => rerender({ entries: next }) };
}

function chosen(): string | undefined {
  return document.querySelector('[role=option][aria-selected=true]')?.textContent?.trim();
}

describe('a picker', () => {
  it('has the focus in its field, which names the chosen entry', async () => {
    const { field } = show();
    expect(document.activeElement).toBe(field);
    await user.keyboard('{ArrowDown}');
    expect(chosen()).toBe('say bye');
    const named = document.getElementById(field.getAttribute('aria-activedescendant') ?? '');
    expect(named?.textContent?.trim()).toBe('say bye');
    expect(document.getElementById(field.getAttribute('aria-controls') ?? '')?.role).toBe('listbox');
  });

  it('wraps with the arrow keys, and jumps with the page keys', async () => {
    show(all, { page: 4 });
    await user.keyboard('{ArrowUp}');
    expect(chosen()).toBe('save-all');
    await user.keyboard('{ArrowDown}');
    expect(chosen()).toBe('say hello');
    await user.keyboard('{PageDown}');
    expect(chosen()).toBe('help');
    await user.keyboard('{PageDown}');
    expect(chosen()).toBe('save-all');
    await user.keyboard('{PageUp}{PageUp}');
    expect(chosen()).toBe('say hello');
  });

  it('chooses the best entry again after typing', async () => {
    const { field, onpick, rerender } = show();
    await user.keyboard('{ArrowDown}{ArrowDown}s');
    await rerender(all.filter(({ id }) => id.includes(field.value)));
    expect(chosen()).toBe('say hello');
    await user.keyboard('{Enter}');
    expect(onpick.mock.calls).toEqual([[{ id: 'say hello' }]]);
  });

  it('keeps the chosen entry when another appears above it', async () => {
    const { onpick, rerender } = show();
    await user.keyboard('{ArrowDown}');
    await rerender([{ id: 'a new one' }, ...all]);
    expect(chosen()).toBe('say bye');
    await user.keyboard('{Enter}');
    expect(onpick.mock.calls).toEqual([[{ id: 'say bye' }]]);
  });

  it('picks with a click', async () => {
    const { onpick } = show();
    await user.click(screen.getByText('stop'));
    expect(onpick.mock.calls).toEqual([[{ id: 'stop' }]]);
  });

  it('does not pick a blocked entry, and gives the reason', async () => {
    const { onpick } = show(all, { blockOf: ({ id }: Entry) => (id === 'say hello' ? 'Not now.' : null) });
    await user.keyboard('{Enter}');
    await user.click(screen.getByText('say hello'));
    const option = screen.getByText('say hello').closest('[role=option]');
    expect(option?.getAttribute('aria-disabled')).toBe('true');
    expect(option?.getAttribute('aria-description')).toBe('Not now.');
    expect(onpick).not.toHaveBeenCalled();
  });

  it('removes an entry, and chooses the entry that takes its place', async () => {
    const run = vi.fn<(entry: Entry) => Promise<void>>();
    const { field, rerender } = show(all, { remove: { label: 'Forget', run } });
    run.mockImplementation((gone) => rerender(all.filter((entry) => entry !== gone)));
    await user.keyboard('{ArrowDown}{Shift>}{Delete}{/Shift}');
    expect(run.mock.calls).toEqual([[{ id: 'say bye' }]]);
    await vi.waitFor(() => expect(chosen()).toBe('stop'));
    expect(document.activeElement).toBe(field);
  });

  it('reports an empty result', () => {
    show([]);
    expect(screen.getByText('Nothing matches.')).toBeTruthy();
    expect(document.querySelector('[role=option]')).toBeNull();
  });
});
