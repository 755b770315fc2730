import { expect, it } from 'vitest';
import { verbatim } from '../../../messages/messages.js';
import { FakeBridge } from '../../../tests/support/fake-bridge.js';
import { anEvent } from '../../../tests/support/history-events.js';
import { PerchClient } from '../../api.js';
import { EventSaving } from './event-saving.svelte.js';

it('main writes the shown events, and the notice names the file or the reason', async () => {
  const bridge = new FakeBridge();
  const none = (): Promise<never[]> => Promise.resolve([]);
  const saving = new EventSaving(new PerchClient(bridge));
  const release = bridge.hold('events.save');
  const saved = saving.save(() => Promise.resolve([anEvent()]), 'csv');
  expect(saving.isSaving).toBe(true);
  await saving.save(none, 'json');
  release({ path: '/home/events.csv' });
  await saved;
  expect(bridge.calls).toEqual([
    {
      name: 'events.save',
      input: { format: 'csv', text: expect.stringContaining('Survival crashed') as string },
    },
  ]);
  expect(saving.path).toBe('/home/events.csv');
  const problem = { code: 'internal', message: verbatim('No.'), next: verbatim('Again.') } as const;
  bridge.refuse('events.save', problem);
  await saving.save(none, 'json');
  expect(saving).toMatchObject({ path: null, problem, isSaving: false });
  saving.dismiss();
  expect(saving.problem).toBeNull();
});
