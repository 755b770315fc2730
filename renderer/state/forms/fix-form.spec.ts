import { describe, expect, it } from 'vitest';
import type { Startup } from '../../../bridge/schema/startup.js';
import type { Problem } from '../../../bridge/errors.js';
import { FakeBridge } from '../../../tests/support/fake-bridge.js';
import { verbatim } from '../../../messages/messages.js';
import { PerchClient } from '../../api.js';
import { FixForm } from './fix-form.svelte.js';

const startup: Startup = {
  variables: [
    {
      name: 'Token',
      description: '',
      envVariable: 'STEAM_ACC',
      defaultValue: '',
      serverValue: null,
      isEditable: true,
      rules: 'nullable|string',
    },
  ],
  command: '',
  template: '',
  images: [
    { label: 'Java 11', image: 'example/yolks:java_11' },
    { label: 'Java 17', image: 'example/yolks:java_17' },
  ],
};
const refused: Problem = { code: 'forbidden', message: verbatim('No.'), next: verbatim('Ask.') };

function rig(read: Startup = startup) {
  const bridge = new FakeBridge();
  bridge.answer('startup.read', read);
  const form = new FixForm(new PerchClient(bridge), 'home/u0');
  return { bridge, form };
}

describe('FixForm', () => {
  it('proposes the image with the needed Java, and sends the chosen one', async () => {
    const { bridge, form } = rig();
    await form.read('~example/yolks:java_11', 17);
    expect([form.image, form.proposed?.label]).toEqual(['example/yolks:java_17', 'Java 17']);
    bridge.answer('server.setDockerImage', undefined);
    expect(await form.changeImage()).toBe(true);
    expect(bridge.calls.at(-1)).toEqual({
      name: 'server.setDockerImage',
      input: { serverId: 'home/u0', image: 'example/yolks:java_17' },
    });
  });

  it('keeps the image for a fix without Java, or if none would help', async () => {
    const { form } = rig();
    await form.read('example/yolks:java_11', undefined);
    expect([form.image, form.proposed]).toEqual(['example/yolks:java_11', null]);
    await form.read('example/yolks:java_11', 25);
    expect([form.image, form.proposed]).toEqual(['example/yolks:java_11', null]);
  });

  it('knows whether the panel allows this image, and whether the egg has a token', async () => {
    const { form } = rig();
    expect([form.knows('other:1'), form.takesToken]).toEqual([true, true]);
    await form.read('other:1', null);
    expect([form.knows('other:1'), form.knows('~example/yolks:java_17')]).toEqual([false, true]);
    const fixed = startup.variables.map((variable) => ({ ...variable, isEditable: false }));
    const locked = rig({ ...startup, variables: fixed }).form;
    await locked.read('other:1', undefined);
    expect(locked.takesToken).toBe(false);
  });

  it('sends the token without surrounding text', async () => {
    const { bridge, form } = rig();
    form.token = ' ABC ';
    bridge.answer('startup.setVariable', startup);
    expect(await form.saveToken()).toBe(true);
    expect(bridge.calls.at(-1)?.input).toEqual({ serverId: 'home/u0', key: 'STEAM_ACC', value: 'ABC' });
  });

  it('shows a failure until the next attempt', async () => {
    const { bridge, form } = rig();
    bridge.refuse('server.acceptEula', refused);
    expect(await form.acceptEula()).toBe(false);
    expect([form.task.problem, form.task.isRunning]).toEqual([refused, false]);
    bridge.answer('server.acceptEula', undefined);
    expect(await form.acceptEula()).toBe(true);
    expect(form.task.problem).toBeNull();
  });

  it('asks main for the server of the form', async () => {
    const bridge = new FakeBridge();
    bridge.answer('startup.read', startup);
    const form = new FixForm(new PerchClient(bridge), 'home/1');
    await form.read('example/yolks:java_17', 17);
    expect(form.image).toBe('example/yolks:java_17');
    expect(await form.acceptEula()).toBe(true);
    expect(bridge.calls).toEqual([
      { name: 'startup.read', input: { serverId: 'home/1' } },
      { name: 'server.acceptEula', input: { serverId: 'home/1' } },
    ]);
  });

  it('chooses the image of the egg that the server has, and the present one where the egg has another', async () => {
    const bridge = new FakeBridge();
    bridge.answer('startup.read', {
      ...startup,
      images: [
        { label: 'A', image: '~a:1' },
        { label: 'B', image: 'b:1' },
      ],
    });
    const form = new FixForm(new PerchClient(bridge), 'home/1');
    await form.read('a:1', undefined);
    expect([form.image, form.proposed]).toEqual(['~a:1', null]);
    await form.read('b:1', undefined);
    expect(form.image).toBe('b:1');
    await form.read('c:1', undefined);
    expect([form.image, form.proposed]).toEqual(['c:1', null]);
  });

  it('makes one fix at a time', async () => {
    const bridge = new FakeBridge();
    const form = new FixForm(new PerchClient(bridge), 'home/1');
    const release = bridge.hold('server.acceptEula');
    const first = form.acceptEula();
    expect(form.task.isRunning).toBe(true);
    expect(await form.changeImage()).toBe(false);
    release(undefined);
    expect([await first, form.task.isRunning]).toEqual([true, false]);
    expect(bridge.calls).toHaveLength(1);
  });

  it('has a token only where the egg has that variable and it can be edited', async () => {
    const takes = async (...variables: Partial<Startup['variables'][number]>[]): Promise<boolean> => {
      const bridge = new FakeBridge();
      const [token] = startup.variables;
      bridge.answer('startup.read', { ...startup, variables: variables.map((of) => ({ ...token, ...of })) });
      const form = new FixForm(new PerchClient(bridge), 'home/1');
      expect(form.takesToken).toBe(true);
      await form.read('x', undefined);
      return form.takesToken;
    };
    expect(await takes({})).toBe(true);
    expect(await takes({ envVariable: 'OTHER' }, {})).toBe(true);
    expect(await takes({ isEditable: false })).toBe(false);
    expect(await takes({ envVariable: 'OTHER' })).toBe(false);
    expect(await takes()).toBe(false);
  });
});
