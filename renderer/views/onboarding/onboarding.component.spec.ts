import { render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { tick } from 'svelte';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Account } from '../../../bridge/schema/domain.js';
import { verbatim } from '../../../messages/messages.js';
import { anAccount } from '../../../tests/support/entities.js';
import { FakeBridge } from '../../../tests/support/fake-bridge.js';
import { PerchClient } from '../../api.js';
import { createWindowState } from '../../state/window-state.js';
import Frame from '../frame.svelte';
import Onboarding from './onboarding.svelte';

const user = userEvent.setup();

describe('the form that connects a panel', () => {
  let bridge: FakeBridge;

  beforeEach(() => {
    bridge = new FakeBridge();
  });

  async function show(...accounts: Account[]): Promise<void> {
    render(Frame, { view: Onboarding, state: createWindowState(new PerchClient(bridge)) });
    bridge.snapshot('fleet', { accounts, servers: [] });
    await tick();
  }

  it('welcomes a user without panels only', async () => {
    await show();
    expect(screen.getByRole('heading', { level: 1 })).toHaveProperty('textContent', 'Welcome to Perch');
    expect(screen.queryByText('No panel yet?')).not.toBeNull();
  });

  it('has a plain title beside existing panels', async () => {
    await show(anAccount());
    expect(screen.getByRole('heading', { level: 1 })).toHaveProperty('textContent', 'Add a panel');
    expect(screen.queryByText(/from the tray/)).toBeNull();
    expect(screen.queryByText('No panel yet?')).toBeNull();
    expect(screen.queryByTestId('demo-start')).not.toBeNull();
  });

  it('offers encryption for an address without it, and explains API keys', async () => {
    await show();
    bridge.answer('panel.probe', null);
    const address = screen.getByLabelText('Panel address');
    await user.type(address, 'http://panel.example.com');
    await user.click(screen.getByRole('button', { name: 'Use https://' }));
    expect(address).toHaveProperty('value', 'https://panel.example.com');
    expect(screen.queryByTestId('cleartext')).toBeNull();
    expect(screen.queryByTestId('key-about')).toBeNull();
    await user.click(screen.getByRole('button', { name: 'What is an API key?' }));
    expect(screen.getByTestId('key-about').textContent).toContain('password');
  });

  it('explains that a game port is no panel', async () => {
    await show();
    bridge.answer('panel.probe', null);
    await user.type(screen.getByLabelText('Panel address'), 'play.example.com:25565');
    expect(screen.getByTestId('game-port').textContent).toContain('25565');
    await user.type(screen.getByLabelText('Panel address'), '{Backspace}');
    expect(screen.queryByTestId('game-port')).toBeNull();
  });

  it('names the detected panel, and opens its page for keys', async () => {
    await show();
    const known = { panelUrl: 'https://panel.example.com', kind: 'pelican' };
    bridge.answer('panel.probe', known);
    expect(screen.queryByRole('button', { name: 'Open the key page' })).toBeNull();
    await user.type(screen.getByLabelText('Panel address'), 'panel.example.com/profile');
    await user.tab();
    await user.click(await screen.findByRole('button', { name: 'Open the key page' }));
    expect(bridge.calls.at(-1)).toEqual({ name: 'panel.openKeyPage', input: known });
    expect(screen.getByText('In the panel: Profile, then API Keys, then Create.')).toBeDefined();
    expect(screen.getByLabelText('API key').getAttribute('placeholder')).toBe('pacc_…');
    await user.type(screen.getByLabelText('Panel address'), '2');
    expect(screen.queryByRole('button', { name: 'Open the key page' })).toBeNull();
  });

  it('shows a problem below all controls, so that no control moves', async () => {
    await show();
    bridge.refuse('accounts.add', {
      code: 'panel-unreachable',
      message: verbatim('No answer.'),
      next: verbatim('Look again.'),
    });
    await user.type(screen.getByLabelText('Panel address'), 'panel.example.com');
    await user.type(screen.getByLabelText('API key'), 'ptlc_1');
    await user.click(screen.getByTestId('connect'));
    const problem = await screen.findByTestId('connect-problem');
    expect(problem.textContent).toContain('No answer.');
    const order = screen.getByTestId('connect').compareDocumentPosition(problem);
    expect(order & Node.DOCUMENT_POSITION_FOLLOWING).toBeTruthy();
  });
});
