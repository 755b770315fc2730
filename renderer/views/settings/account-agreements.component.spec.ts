import { render, screen, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { tick } from 'svelte';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Agreement } from '../../../bridge/schema/agreement.js';
import { verbatim } from '../../../messages/messages.js';
import { anAccount, someSettings } from '../../../tests/support/entities.js';
import { FakeBridge } from '../../../tests/support/fake-bridge.js';
import { PerchClient } from '../../api.js';
import { createWindowState } from '../../state/window-state.js';
import Frame from '../frame.svelte';
import AccountsList from './accounts-list.svelte';

const user = userEvent.setup();
const at = new Date(2027, 2, 7, 12).getTime();
const host = 'node.example.com:8080';

describe('agreements of the person about a panel', () => {
  let bridge: FakeBridge;

  beforeEach(() => {
    bridge = new FakeBridge();
    render(Frame, { view: AccountsList, state: createWindowState(new PerchClient(bridge)) });
    bridge.snapshot('settings', someSettings());
  });

  async function shows(agreements?: Agreement[]): Promise<HTMLElement[]> {
    const account = anAccount(agreements === undefined ? {} : { agreements });
    bridge.snapshot('fleet', { accounts: [account], servers: [] });
    await tick();
    return screen.queryAllByTestId('agreement');
  }

  it("are listed on the panel's row with their dates, if any", async () => {
    expect(await shows()).toEqual([]);
    const rows = await shows([
      { kind: 'unencrypted', at },
      { kind: 'certificate', host, fingerprint: 'AA:BB', at },
      { kind: 'certificate', host: 'panel.example.com', fingerprint: 'CC:DD', at: null },
    ]);
    const texts = rows.map(({ textContent }) => textContent.replace(/\s+/g, ' ').trim());
    expect(texts).toEqual([
      expect.stringMatching(/^You allowed unencrypted connections to nodes on Mar 7, 2027\./),
      expect.stringMatching(/^You trusted this certificate of node\.example\.com:8080 on Mar 7, 2027: AA:BB/),
      expect.stringMatching(/^You trusted this certificate of panel\.example\.com: CC:DD/),
    ]);
  });

  it('are withdrawn by their own button only', async () => {
    const agreements: Agreement[] = [
      { kind: 'unencrypted', at },
      { kind: 'certificate', host, fingerprint: 'AA:BB', at },
    ];
    for (const [index, agreement] of agreements.entries()) {
      const row = (await shows(agreements))[index];
      if (row === undefined) throw new Error('There is no such row.');
      await user.click(within(row).getByRole('button', { name: 'Withdraw' }));
      expect(bridge.calls.at(-1)).toEqual({
        name: 'accounts.withdraw',
        input: { accountId: 'home', agreement },
      });
    }
  });

  it('report a failed withdrawal', async () => {
    bridge.refuse('accounts.withdraw', {
      code: 'internal',
      message: verbatim('The disk is full.'),
      next: verbatim('Make room.'),
    });
    const [row] = await shows([{ kind: 'unencrypted', at }]);
    if (row === undefined) throw new Error('There is no row.');
    await user.click(within(row).getByRole('button', { name: 'Withdraw' }));
    expect((await screen.findByRole('alert')).textContent).toContain('The disk is full.');
  });
});
