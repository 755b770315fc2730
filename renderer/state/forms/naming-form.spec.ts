import { describe, expect, it } from 'vitest';
import type { Server } from '../../../bridge/schema/domain.js';
import type { Problem } from '../../../bridge/errors.js';
import { say, verbatim } from '../../../messages/messages.js';
import { aServer } from '../../../tests/support/entities.js';
import { FakeBridge } from '../../../tests/support/fake-bridge.js';
import { PerchClient } from '../../api.js';
import { NamingForm } from './naming-form.svelte.js';

function opened(fields: Partial<Server> = {}): {
  bridge: FakeBridge;
  form: NamingForm;
  become(fields: Partial<Server>): void;
} {
  const bridge = new FakeBridge();
  let server = aServer({ description: 'Old.', ...fields });
  const form = new NamingForm(new PerchClient(bridge), server.id, () => server);
  return {
    bridge,
    form,
    become: (news) => {
      server = { ...server, ...news };
    },
  };
}

describe('NamingForm', () => {
  it('sends changed fields only, trimmed', async () => {
    const { bridge, form } = opened();
    form.edit('description', ' New. ');
    await form.save();
    expect(bridge.calls[0]?.input).toEqual({ serverId: aServer().id, description: 'New.' });
    expect([form.changes, form.isSaved, form.description.text]).toEqual([0, true, 'New.']);
  });

  it('shows the new name until the panel has another', async () => {
    const { form, become } = opened();
    form.edit('name', 'Skyblock');
    await form.save();
    expect(form.name.text).toBe('Skyblock');
    become({ name: 'Skyblock' });
    expect(form.name.text).toBe('Skyblock');
    become({ name: 'Survival' });
    expect(form.name.text).toBe('Survival');
  });

  it('keeps a draft while the panel changes the text below it', () => {
    const { form, become } = opened();
    form.edit('name', 'Mine');
    become({ name: 'Theirs' });
    expect([form.name.text, form.changes]).toEqual(['Mine', 1]);
    form.discard();
    expect(form.name.text).toBe('Theirs');
  });

  it('counts characters as the panel does, and refuses too long or empty names without asking', async () => {
    const { bridge, form } = opened({
      naming: { nameMax: 5, descriptionMax: 500, description: 'with-name' },
    });
    form.edit('name', '🐣🐣🐣🐣🐣');
    expect(form.block).toBeNull();
    form.edit('name', '🐣🐣🐣🐣🐣🐣');
    expect(form.complaint('name')).toContain('5');
    form.edit('name', '  ');
    expect(form.complaint('name')).toBe('A server needs a name.');
    await form.save();
    expect(bridge.calls).toEqual([]);
  });

  it('refuses a description that the panel would cut silently', () => {
    const { form } = opened();
    form.edit('description', 'x'.repeat(65_535));
    expect(form.complaint('description')).toBeNull();
    form.edit('description', 'ü'.repeat(40_000));
    expect(form.complaint('description')).not.toBeNull();
  });

  it('shows a refusal at its field, and keeps the input', async () => {
    const { bridge, form } = opened();
    const problem: Problem = {
      code: 'invalid',
      message: verbatim('m'),
      next: verbatim('n'),
      fields: { name: verbatim('Taken.') },
    };
    bridge.refuse('server.rename', problem);
    form.edit('name', 'Other');
    await form.save();
    expect([form.complaint('name'), form.formProblem, form.name.text]).toEqual(['Taken. n', null, 'Other']);
    form.edit('name', 'Another');
    expect(form.complaint('name')).toBeNull();
  });

  it('sends name and description trimmed, and shows that they are saved until edited or dismissed', async () => {
    const { bridge, form } = opened();
    form.edit('name', ' Sky ');
    form.edit('description', ' New. ');
    expect([form.changes, form.block, form.isSaved]).toEqual([2, null, false]);
    await form.save();
    expect(bridge.calls[0]?.input).toEqual({ serverId: aServer().id, name: 'Sky', description: 'New.' });
    expect([form.isSaved, form.saving.isRunning, form.problem]).toEqual([true, false, null]);
    form.forgetSaved();
    expect(form.isSaved).toBe(false);
    form.edit('name', 'Other');
    await form.save();
    form.edit('name', 'Another');
    expect(form.isSaved).toBe(false);
  });

  it('has no change to save while it equals the panel’s data', async () => {
    const { bridge, form } = opened();
    form.edit('name', ' Survival ');
    expect([form.changes, form.block]).toEqual([0, say('naming.unchanged')]);
    await form.save();
    expect(bridge.calls).toEqual([]);
  });

  it('saves once at a time, and keeps text typed meanwhile', async () => {
    const { bridge, form } = opened();
    const release = bridge.hold('server.rename');
    form.edit('name', 'Sky');
    const saving = form.save();
    expect(form.saving.isRunning).toBe(true);
    form.edit('name', 'Skyblock');
    await form.save();
    release(undefined);
    await saving;
    expect(bridge.calls).toHaveLength(1);
    expect([form.saving.isRunning, form.name.text, form.isSaved]).toEqual([false, 'Skyblock', true]);
  });

  it('is saved after all if the answer was lost and the panel shows the change', async () => {
    const { bridge, form, become } = opened();
    const lost: Problem = { code: 'timeout', message: verbatim('m'), next: verbatim('n'), maybeDone: true };
    bridge.refuse('server.rename', lost);
    form.edit('name', 'Sky');
    await form.save();
    expect([form.problem, form.isSaved]).toEqual([lost, false]);
    become({ name: 'Sky' });
    expect([form.problem, form.isSaved]).toEqual([null, true]);
    form.forgetSaved();
    expect([form.problem, form.isSaved]).toEqual([null, false]);
    bridge.refuse('server.rename', { code: 'timeout', message: verbatim('m'), next: verbatim('n') });
    form.edit('name', 'Other');
    await form.save();
    become({ name: 'Other' });
    expect(form.isSaved).toBe(false);
  });

  it('shows a problem without a field for the whole form, and a problem of a field only at that field', async () => {
    const { bridge, form } = opened();
    const problem: Problem = { code: 'internal', message: verbatim('m'), next: verbatim('n') };
    const after = async (fields?: Problem['fields']) => {
      bridge.refuse('server.rename', fields === undefined ? problem : { ...problem, fields });
      form.edit('name', 'Sky');
      await form.save();
      return [form.formProblem?.code, form.complaint('name'), form.complaint('description')];
    };
    expect(await after()).toEqual(['internal', null, null]);
    expect(await after({ description: verbatim('Bad.') })).toEqual([undefined, null, 'Bad. n']);
    expect(await after({ other: verbatim('Bad.') })).toEqual(['internal', null, null]);
    form.discard();
    expect([form.formProblem, form.name.text]).toEqual([null, 'Survival']);
  });

  it('counts a description like the panel, and reports no fault in an unedited field', () => {
    const naming = { nameMax: 3, descriptionMax: 5, description: 'with-name' } as const;
    const { form } = opened({ naming, name: 'Too long', description: 'Too long' });
    expect([form.complaint('name'), form.complaint('description')]).toEqual([null, null]);
    form.edit('description', ' 12345 ');
    expect(form.complaint('description')).toBeNull();
    form.edit('description', '123456');
    expect(form.complaint('description')).toBe(say('naming.too-long', { most: 5, length: 6 }));
    expect(form.block).toBe(form.complaint('description'));
  });

  it('is empty and without limits for a removed server', () => {
    const form = new NamingForm(new PerchClient(new FakeBridge()), 'gone', () => undefined);
    expect([form.name.text, form.description.text]).toEqual(['', '']);
    form.edit('name', 'x'.repeat(500));
    form.edit('description', 'x'.repeat(500));
    expect([form.complaint('name'), form.complaint('description')]).toEqual([null, null]);
  });
});
