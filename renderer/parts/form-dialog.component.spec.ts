/** How keys and clicks submit a dialog with fields. */
import { render, screen, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { createRawSnippet, tick, type Component } from 'svelte';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { anAccount, aServer, someSettings } from '../../tests/support/entities.js';
import { FakeBridge } from '../../tests/support/fake-bridge.js';
import { PerchClient } from '../api.js';
import { createWindowState } from '../state/window-state.js';
import Frame from '../views/frame.svelte';
import FormDialog from './form-dialog.svelte';

const user = userEvent.setup();
const fields = createRawSnippet(() => ({
  render: () => '<p><label>Name <input /></label><label>Notes <input /></label></p>',
}));
const run = vi.fn<() => Promise<string>>();
const ondone = vi.fn();
const onclose = vi.fn();

async function opens(blocked: string | null = null): Promise<HTMLElement> {
  const bridge = new FakeBridge();
  const view: Component = (anchor) =>
    FormDialog(anchor, {
      title: 'New',
      edited: false,
      go: 'Save',
      blocked,
      testid: 'new',
      run,
      ondone,
      onclose,
      children: fields,
    });
  render(Frame, { view, state: createWindowState(new PerchClient(bridge)) });
  bridge.snapshot('settings', someSettings());
  bridge.snapshot('fleet', { accounts: [anAccount({ id: 'home' })], servers: [aServer({ id: 'home/u0' })] });
  await tick();
  return screen.getByTestId('new-dialog');
}

beforeEach(() => {
  vi.resetAllMocks();
});

describe('a dialog with fields', () => {
  it('makes its call on Enter in any field, once', async () => {
    let answer: (made: string) => void = () => undefined;
    run.mockReturnValue(new Promise((resolve) => (answer = resolve)));
    await opens();
    await user.type(screen.getByLabelText('Name'), 'world{Enter}{Enter}');
    await user.type(screen.getByLabelText('Notes'), '{Enter}');
    expect(run).toHaveBeenCalledTimes(1);
    answer('made');
    await vi.waitFor(() => expect(ondone).toHaveBeenCalledWith('made'));
  });

  it('makes its call on a click', async () => {
    run.mockResolvedValue('made');
    const dialog = await opens();
    await user.click(within(dialog).getByRole('button', { name: 'Save' }));
    expect(run).toHaveBeenCalledTimes(1);
  });

  it('makes no call while its button is blocked', async () => {
    await opens('The name is missing.');
    await user.type(screen.getByLabelText('Notes'), 'text{Enter}');
    await user.click(screen.getByTestId('new-save'));
    expect(run).not.toHaveBeenCalled();
  });

  it('makes no call on Enter at Cancel', async () => {
    const dialog = await opens();
    within(dialog).getByRole('button', { name: 'Cancel' }).focus();
    await user.keyboard('{Enter}');
    expect(onclose).toHaveBeenCalledTimes(1);
    expect(run).not.toHaveBeenCalled();
  });
});
