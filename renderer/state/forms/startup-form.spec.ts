import { afterEach, describe, expect, it } from 'vitest';
import type { Server } from '../../../bridge/schema/domain.js';
import type { Startup, StartupVariable } from '../../../bridge/schema/startup.js';
import type { Problem } from '../../../bridge/errors.js';
import { verbatim } from '../../../messages/messages.js';
import { aServer } from '../../../tests/support/entities.js';
import { FakeBridge } from '../../../tests/support/fake-bridge.js';
import { speak } from '../../../messages/messages.js';
import { PerchClient } from '../../api.js';
import { StartupForm } from './startup-form.svelte.js';

const slots: StartupVariable = {
  name: 'Slots',
  description: '',
  envVariable: 'SLOTS',
  defaultValue: '20',
  serverValue: null,
  isEditable: true,
  rules: 'required|integer|between:1,100',
};
const motd: StartupVariable = { ...slots, envVariable: 'MOTD', defaultValue: 'hi', rules: 'required|string' };
const world: StartupVariable = { ...motd, envVariable: 'WORLD', serverValue: 'main' };

const startup: Startup = {
  variables: [slots, motd, world],
  command: './run 20',
  template: './run {{SLOTS}}',
  images: [
    { label: 'Java 21', image: 'example/java:21' },
    { label: 'Java 17', image: '~example/java:17' },
  ],
};
const refused: Problem = {
  code: 'invalid',
  message: verbatim('Not taken.'),
  next: verbatim('Change it.'),
  fields: { value: verbatim('The value is wrong.') },
};
const offline: Problem = { code: 'offline', message: verbatim('No network.'), next: verbatim('Connect.') };

/** Startup after the panel accepted a message of the day. */
const withMotd = (value: string): Startup => ({
  ...startup,
  variables: [slots, { ...motd, serverValue: value }, world],
});

async function opened(): Promise<{ bridge: FakeBridge; form: StartupForm; server: Server }> {
  const bridge = new FakeBridge();
  bridge.answer('startup.read', startup);
  const server = aServer({ dockerImage: 'example/java:17' });
  const form = new StartupForm(new PerchClient(bridge), server.id, () => server);
  await form.read();
  bridge.answer('startup.setVariable', startup);
  return { bridge, form, server };
}

function sent(bridge: FakeBridge): unknown[] {
  return bridge.calls
    .filter(({ name }) => name !== 'startup.read')
    .map(({ input }) => {
      const { key, value, image } = input as { key?: string; value?: string; image?: string };
      return image ?? `${key}=${value}`;
    });
}

afterEach(() => speak(() => 'en'));

describe('StartupForm', () => {
  it('counts only differences from the panel, apart from surrounding spaces', async () => {
    const { form } = await opened();
    form.edit(slots, ' 20 ');
    form.edit(motd, 'hello');
    expect(form.edited).toEqual([motd]);
    form.edit(motd, 'hi');
    expect(form.changes).toBe(0);
  });

  it('keeps input when the startup is read again, or reading fails', async () => {
    const { bridge, form } = await opened();
    form.edit(world, 'desert');
    await form.read();
    bridge.refuse('startup.read', offline);
    await form.read();
    expect(form.value(world)).toBe('desert');
    expect(form.startup).toEqual(startup);
    expect(form.readProblem).toEqual(offline);
  });

  it('saves the changes one by one, trimmed, except values that the rules refuse', async () => {
    const { bridge, form } = await opened();
    form.edit(slots, '500');
    form.edit(motd, ' hello ');
    form.edit(world, 'desert');
    form.chooseImage('example/java:21');
    await form.save();
    expect(sent(bridge)).toEqual(['MOTD=hello', 'WORLD=desert', 'example/java:21']);
    expect(form.value(slots)).toBe('500');
    expect(form.complaint(slots)).not.toBeNull();
    expect([form.changes, form.wrong, form.hasNews]).toEqual([1, 1, true]);
  });

  it('translates errors into the current language without new input', async () => {
    const { form } = await opened();
    form.edit(slots, '500');
    expect(form.complaint(slots)).toBe('Must be from 1 to 100.');
    speak(() => 'de');
    expect(form.complaint(slots)).toBe('Muss zwischen 1 und 100 liegen.');
  });

  it('shows a refusal at its field, and continues with the others', async () => {
    const { bridge, form } = await opened();
    bridge.refuse('startup.setVariable', refused);
    form.edit(motd, 'hello');
    form.edit(world, 'desert');
    await form.save();
    expect(sent(bridge)).toEqual(['MOTD=hello', 'WORLD=desert']);
    expect(form.complaint(motd)).toBe('The value is wrong. Change it.');
    expect(form.value(motd)).toBe('hello');
    expect([form.saveProblem, form.hasNews]).toEqual([null, false]);
    form.edit(motd, 'hello!');
    expect(form.complaint(motd)).toBeNull();
  });

  it('stops at a failure that would affect every change', async () => {
    const { bridge, form } = await opened();
    bridge.refuse('startup.setVariable', offline);
    form.edit(motd, 'hello');
    form.edit(world, 'desert');
    await form.save();
    expect(sent(bridge)).toEqual(['MOTD=hello']);
    expect(form.saveProblem).toEqual(offline);
    expect(form.changes).toBe(2);
    expect(form.saving).toBeNull();
  });

  it('keeps text typed during the save', async () => {
    const { bridge, form } = await opened();
    const release = bridge.hold('startup.setVariable');
    form.edit(motd, 'hello');
    const saving = form.save();
    form.edit(motd, 'hello there');
    release({ ...startup, variables: [slots, { ...motd, serverValue: 'hello' }, world] });
    await saving;
    expect(form.value(motd)).toBe('hello there');
    expect(form.changes).toBe(1);
  });

  it('skips a change undone during the save', async () => {
    const { bridge, form } = await opened();
    const release = bridge.hold('startup.setVariable');
    form.edit(slots, '30');
    form.edit(motd, 'typo');
    form.edit(world, 'desert');
    const saving = form.save();
    form.edit(motd, 'hi');
    release(startup);
    await saving;
    expect(sent(bridge)).toEqual(['SLOTS=30', 'WORLD=desert']);
  });

  it('compares lists exactly for panels with separate descriptions', async () => {
    const { form, server } = await opened();
    const mode = { ...slots, envVariable: 'MODE', defaultValue: '1', rules: 'required|in:1,2' };
    form.edit(mode, '2.0');
    expect(form.judgement(mode)).toBeNull();
    server.naming = { ...server.naming, description: 'apart' };
    expect(form.judgement(mode)).not.toBeNull();
  });

  it('reads the startup again after an uncertain save', async () => {
    const { bridge, form } = await opened();
    bridge.refuse('startup.setVariable', { ...offline, maybeDone: true });
    bridge.answer('startup.read', withMotd('hello'));
    form.edit(motd, 'hello');
    await form.save();
    expect([form.changes, form.saveProblem, form.hasNews]).toEqual([0, null, true]);
  });

  it('sends no second save before the outcome of the uncertain save', async () => {
    const { bridge, form } = await opened();
    bridge.refuse('startup.setVariable', { ...offline, maybeDone: true });
    bridge.refuse('startup.read', offline);
    form.edit(motd, 'hello');
    await form.save();
    expect([form.isUnsure, form.changes]).toEqual([true, 1]);
    await form.save();
    expect(sent(bridge)).toEqual(['MOTD=hello']);
    expect(form.saveProblem).toEqual(offline);
    bridge.answer('startup.read', withMotd('hello'));
    await form.save();
    expect(sent(bridge)).toEqual(['MOTD=hello']);
    expect([form.isUnsure, form.changes, form.saveProblem, form.hasNews]).toEqual([false, 0, null, true]);
  });

  it('removes an error after the value was saved', async () => {
    const { bridge, form } = await opened();
    bridge.refuse('startup.setVariable', { ...refused, code: 'panel-error', maybeDone: true });
    form.edit(motd, 'hello');
    await form.save();
    expect(form.complaint(motd)).not.toBeNull();
    bridge.answer('startup.read', withMotd('hello'));
    await form.read();
    expect([form.complaint(motd), form.changes, form.hasNews]).toEqual([null, 0, true]);
  });

  it('keeps unsaved input with its error', async () => {
    const { bridge, form } = await opened();
    bridge.refuse('startup.setVariable', { ...offline, maybeDone: true });
    form.edit(motd, 'hello');
    await form.save();
    expect([form.isUnsure, form.changes, form.saveProblem?.code]).toEqual([false, 1, 'offline']);
    bridge.answer('startup.setVariable', withMotd('hello'));
    await form.save();
    expect(sent(bridge)).toEqual(['MOTD=hello', 'MOTD=hello']);
    expect(form.changes).toBe(0);
  });

  it('treats an image with and without the mark of a local one as the same', async () => {
    const { form } = await opened();
    form.chooseImage('~example/java:17');
    expect(form.changes).toBe(0);
    form.chooseImage('example/java:21');
    expect(form.changes).toBe(1);
    form.discard();
    expect([form.changes, form.image.text]).toEqual([0, 'example/java:17']);
  });

  it('shows a saved image at once, and the reason of a refusal', async () => {
    const { bridge, form } = await opened();
    form.chooseImage('example/java:21');
    bridge.refuse('server.setDockerImage', offline);
    await form.save();
    expect([form.imageProblem, form.changes]).toEqual([offline, 1]);
    bridge.answer('server.setDockerImage', undefined);
    await form.save();
    expect([form.imageProblem, form.changes, form.image.text]).toEqual([null, 0, 'example/java:21']);
  });
});
