import { render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import NumberBox from './number-box.svelte';
import SaveBar from '../blocks/save-bar.svelte';
import SearchField from './search-field.svelte';
import SelectBox from './select-box.svelte';
import { verbatim } from '../../../messages/messages.js';

const user = userEvent.setup();

describe('a select box', () => {
  const options = [
    { value: '21', label: 'Java 21' },
    { value: '17', label: 'Java 17' },
    { value: '', label: '(empty)' },
  ];

  function shown(value: string, more: { disabled?: boolean } = {}) {
    const onchange = vi.fn<(value: string) => void>();
    const view = render(SelectBox, { value, options, onchange, label: 'Image', ...more });
    return { onchange, box: screen.getByRole('combobox', { name: 'Image' }), view };
  }

  function offered(): (string | undefined)[] {
    return [...document.querySelectorAll('[role=option]')].map((option) => option.textContent?.trim());
  }

  it('shows the chosen option, and offers the others when opened', async () => {
    const { box } = shown('17');
    expect(box.textContent?.trim()).toBe('Java 17');
    expect(offered()).toEqual([]);
    box.focus();
    await user.keyboard('{ArrowDown}');
    await vi.waitFor(() => expect(offered()).toEqual(['Java 21', 'Java 17', '(empty)']));
    expect(box.getAttribute('aria-expanded')).toBe('true');
    expect(document.querySelector('[aria-selected=true]')?.textContent?.trim()).toBe('Java 17');
  });

  it('chooses the next option by keyboard, and keeps the focus', async () => {
    const { box, onchange } = shown('21');
    box.focus();
    await user.keyboard('{Enter}');
    await vi.waitFor(() => expect(box.getAttribute('aria-activedescendant')).not.toBeNull());
    await user.keyboard('{ArrowDown}{Enter}');
    expect(onchange.mock.calls).toEqual([['17']]);
    expect(document.activeElement).toBe(box);
    await vi.waitFor(() => expect(offered()).toEqual([]));
  });

  it('accepts an empty value', async () => {
    const { box, onchange } = shown('21');
    box.focus();
    await user.keyboard('{Enter}');
    await vi.waitFor(() => expect(box.getAttribute('aria-activedescendant')).not.toBeNull());
    await user.keyboard('{End}{Enter}');
    expect(onchange.mock.calls).toEqual([['']]);
  });

  it('keeps its value when left with Esc', async () => {
    const { box, onchange } = shown('21');
    box.focus();
    await user.keyboard('{Enter}');
    await vi.waitFor(() => expect(offered()).toHaveLength(3));
    await user.keyboard('{ArrowDown}{Escape}');
    await vi.waitFor(() => expect(offered()).toEqual([]));
    expect(onchange).not.toHaveBeenCalled();
  });

  it('chooses by a typed letter without opening', async () => {
    const { box, onchange } = shown('21');
    box.focus();
    await user.keyboard('j');
    expect(onchange.mock.calls).toEqual([['17']]);
    expect(offered()).toEqual([]);
  });

  it('shows a value outside of its options unchanged', () => {
    expect(shown('own/image:1').box.textContent?.trim()).toBe('own/image:1');
  });

  it('does not open while it is disabled', async () => {
    const { box } = shown('21', { disabled: true });
    expect(box).toHaveProperty('disabled', true);
    await user.click(box);
    expect(offered()).toEqual([]);
  });
});

describe('a number box', () => {
  function typing(value: string, more: { min?: string; max?: string; disabled?: boolean } = {}) {
    const oninput = vi.fn<(value: string) => void>();
    render(NumberBox, { value, oninput, min: null, max: null, isInteger: true, label: 'Slots', ...more });
    return { oninput, box: screen.getByRole('textbox', { name: 'Slots' }) };
  }

  it('steps with the arrow keys and with its buttons', async () => {
    const { oninput, box } = typing('10');
    box.focus();
    await user.keyboard('{ArrowUp}{ArrowDown}');
    const [up, down] = document.querySelectorAll('button');
    await user.click(up ?? box);
    await user.click(down ?? box);
    expect(oninput.mock.calls.flat()).toEqual(['11', '9', '11', '9']);
  });

  it('stays within its bounds', async () => {
    const { oninput, box } = typing('10', { min: '1', max: '10' });
    box.focus();
    await user.keyboard('{ArrowUp}');
    expect(oninput).not.toHaveBeenCalledWith('11');
    await user.keyboard('{ArrowDown}');
    expect(oninput).toHaveBeenLastCalledWith('9');
  });

  it('passes on typed text unchanged', async () => {
    const { oninput, box } = typing('');
    await user.type(box, '9');
    expect(oninput).toHaveBeenLastCalledWith('9');
  });
});

describe('a search field', () => {
  function searching(value = '') {
    const heard = { ondown: vi.fn(), onenter: vi.fn(), onleave: vi.fn() };
    render(SearchField, { value, label: 'Search servers', ...heard });
    return { ...heard, box: screen.getByRole<HTMLInputElement>('searchbox', { name: 'Search servers' }) };
  }

  it('gets the focus by a slash, except from another field', async () => {
    const { box } = searching();
    const other = document.createElement('input');
    document.body.append(other);
    other.focus();
    await user.keyboard('/');
    expect(document.activeElement).toBe(other);
    other.blur();
    await user.keyboard('/');
    expect(document.activeElement).toBe(box);
    expect(box.value).toBe('');
  });

  it('is cleared with Esc, and left with a second Esc', async () => {
    const { box, onleave } = searching('amber');
    box.focus();
    await user.keyboard('{Escape}');
    expect(box.value).toBe('');
    expect(onleave).not.toHaveBeenCalled();
    await user.keyboard('{Escape}');
    expect(onleave).toHaveBeenCalledOnce();
  });

  it('moves into the list with the arrow down, and takes the first entry with Enter', async () => {
    const { box, ondown, onenter } = searching('amber');
    box.focus();
    await user.keyboard('{ArrowDown}{Enter}');
    expect(ondown).toHaveBeenCalledOnce();
    expect(onenter).toHaveBeenCalledOnce();
  });
});

describe('the bar of unsaved changes', () => {
  const problem = {
    code: 'internal',
    message: verbatim('It was not saved.'),
    next: verbatim('Try again.'),
  } as const;

  function bar(more: { changes?: number; busy?: boolean; blocked?: string; failed?: boolean } = {}) {
    const ondiscard = vi.fn();
    const { failed = false, ...rest } = more;
    const props = { changes: 1, busy: false, testid: 'save', ...rest, ondiscard };
    render(SaveBar, { ...props, problem: failed ? problem : null });
    const [discard, save] = screen.getAllByRole('button');
    if (discard === undefined || save === undefined) throw new Error('It has two buttons.');
    return { discard, save, ondiscard };
  }

  it('shows the number of changes', () => {
    bar();
    expect(screen.getByRole('status').textContent).toContain('1 unsaved change');
    document.body.replaceChildren();
    bar({ changes: 3 });
    expect(screen.getByRole('status').textContent).toContain('3 unsaved changes');
  });

  it('discards, and submits its form', async () => {
    const { discard, save, ondiscard } = bar();
    await user.click(discard);
    expect(ondiscard).toHaveBeenCalledOnce();
    expect(save.getAttribute('type')).toBe('submit');
  });

  it('gives the reason why saving is impossible, and does not submit', () => {
    const { save } = bar({ blocked: 'A value is wrong.' });
    expect(save.getAttribute('aria-disabled')).toBe('true');
    expect(save.getAttribute('aria-description')).toBe('A value is wrong.');
    const press = new MouseEvent('click', { bubbles: true, cancelable: true });
    save.dispatchEvent(press);
    expect(press.defaultPrevented).toBe(true);
  });

  it('ignores both buttons while saving', async () => {
    const { discard, save, ondiscard } = bar({ busy: true });
    await user.click(discard);
    expect(ondiscard).not.toHaveBeenCalled();
    expect(save.getAttribute('aria-busy')).toBe('true');
  });

  it('shows the error above its line', () => {
    bar({ failed: true });
    expect(screen.getByRole('alert').textContent).toContain('It was not saved.');
  });
});
