import { render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { tick, type Component } from 'svelte';
import { beforeEach, expect, it } from 'vitest';
import { newProblem } from '../../../bridge/errors.js';
import { sentence } from '../../../messages/messages.js';
import { someSettings } from '../../../tests/support/entities.js';
import { FakeBridge } from '../../../tests/support/fake-bridge.js';
import { PerchClient } from '../../api.js';
import { createWindowState } from '../../state/window-state.js';
import Frame from '../frame.svelte';
import EditingProgram from './editing-program.svelte';

const user = userEvent.setup();
let bridge: FakeBridge;
beforeEach(() => (bridge = new FakeBridge()));

async function show(ownEditor: string | null): Promise<string> {
  const view: Component = (anchor) => EditingProgram(anchor, {});
  render(Frame, { view, state: createWindowState(new PerchClient(bridge)) });
  bridge.snapshot('settings', someSettings({ ownEditor }));
  await tick();
  return screen.getByTestId('editing-program').textContent;
}

const called = (): string[] =>
  bridge.calls.map(({ name }) => name).filter((name) => name.startsWith('ownEditor.'));

it('names the chosen program, which can be forgotten', async () => {
  expect(await show('/usr/bin/code')).toContain('/usr/bin/code');
  await user.click(screen.getByRole('button', { name: 'Use the system’s program' }));
  expect(called()).toEqual(['ownEditor.forgetProgram']);
});

it('says that the system chooses, and why a choice was refused', async () => {
  expect(await show(null)).toContain('The system’s program');
  expect(screen.queryByTestId('editing-program-forget')).toBeNull();
  bridge.refuse('ownEditor.chooseProgram', newProblem('invalid', sentence('own-editor.not-a-program')));
  await user.click(screen.getByTestId('editing-program-choose'));
  expect(await screen.findByText(/not a program/)).toBeTruthy();
});
