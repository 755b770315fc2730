import { describe, expect, it } from 'vitest';
import type { Server } from '../../../bridge/schema/domain.js';
import type { Problem } from '../../../bridge/errors.js';
import { verbatim } from '../../../messages/messages.js';
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
});
