/** The delay between servers: its sentence belongs to its field. */
import { render, screen } from '@testing-library/svelte';
import { expect, it } from 'vitest';
import { someSettings } from '../../../tests/support/entities.js';
import '../../../tests/support/every-area.js';
import { FakeBridge } from '../../../tests/support/fake-bridge.js';
import { PerchClient } from '../../api.js';
import { createWindowState } from '../../state/window-state.js';
import Frame from '../frame.svelte';
import ManyServers from './many-servers.svelte';

it('says below its label why servers wait for each other', () => {
  const bridge = new FakeBridge();
  render(Frame, { view: ManyServers, state: createWindowState(new PerchClient(bridge)) });
  bridge.snapshot('settings', someSettings({ bulkPauseMs: 2000 }));
  const field = screen.getByRole('spinbutton', { name: /^Delay between servers/ });
  expect(field.closest('label')?.textContent).toContain('Keeps a node from starting or stopping');
});
