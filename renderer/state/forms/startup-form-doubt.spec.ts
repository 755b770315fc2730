/** The startup form while reads and saves are under way, fail, or lose their answer. */
import { describe, expect, it } from 'vitest';
import type { Problem } from '../../../bridge/errors.js';
import type { Startup, StartupVariable } from '../../../bridge/schema/startup.js';
import { verbatim } from '../../../messages/messages.js';
import { aServer } from '../../../tests/support/entities.js';
import { FakeBridge } from '../../../tests/support/fake-bridge.js';
import { PerchClient } from '../../api.js';
import { StartupForm } from './startup-form.svelte.js';

const slots: StartupVariable = {
  name: 'Slots',
  description: '',
  envVariable: 'SLOTS',
  defaultValue: '20',
  serverValue: '20',
  isEditable: true,
  rules: 'required|integer',
};
const world: StartupVariable = { ...slots, envVariable: 'WORLD', serverValue: ' main ', rules: 'string' };
const startup: Startup = { variables: [slots, world], command: '', template: '', images: [] };
const lost: Problem = { code: 'timeout', message: verbatim('m'), next: verbatim('n'), maybeDone: true };
const failed: Problem = { code: 'offline', message: verbatim('m'), next: verbatim('n') };
const invalid: Problem = { code: 'invalid', message: verbatim('No.'), next: verbatim('Change it.') };

async function opened() {
  const bridge = new FakeBridge();
  bridge.answer('startup.read', startup);
  const panel = { image: 'java:17' };
  const form = new StartupForm(new PerchClient(bridge), 'home/1', () =>
    aServer({ dockerImage: panel.image }),
  );
  await form.read();
  const reads = (): number => bridge.calls.filter(({ name }) => name === 'startup.read').length;
  const saves = (): number => bridge.calls.length - reads();
  return { bridge, form, panel, reads, saves };
}

describe('the startup form', () => {
  it('is empty before the startup is read', () => {
    const form = new StartupForm(new PerchClient(new FakeBridge()), 'home/1', () => undefined);
    expect([form.edited, form.changes, form.wrong, form.hasNews, form.image.text]).toEqual([
      [],
      0,
      0,
      false,
      '',
    ]);
  });

  it('reads the startup of its server once at a time, and not while it saves', async () => {
    const { bridge, form, reads } = await opened();
    expect(bridge.calls[0]).toEqual({ name: 'startup.read', input: { serverId: 'home/1' } });
    const read = bridge.hold('startup.read');
    const first = form.read();
    expect(form.reading.isRunning).toBe(true);
    await form.read();
    read(startup);
    await first;
    expect([reads(), form.reading.isRunning]).toEqual([2, false]);
    const save = bridge.hold('startup.setVariable');
    form.edit(slots, '30');
    const saving = form.save();
    expect(form.saving).toEqual({ env: 'SLOTS' });
    await form.read();
    await form.save();
    save(startup);
    await saving;
    expect([reads(), form.saving]).toEqual([2, null]);
  });

  it('reads again only where the last read failed, or a save lost its answer', async () => {
    const { bridge, form, reads } = await opened();
    await form.readIfDoubtful();
    expect(reads()).toBe(1);
    bridge.refuse('startup.read', failed);
    await form.read();
    expect(form.readProblem).toEqual(failed);
    bridge.answer('startup.read', startup);
    await form.readIfDoubtful();
    expect([reads(), form.readProblem]).toEqual([3, null]);
    bridge.refuse('startup.setVariable', lost);
    bridge.refuse('startup.read', failed);
    form.edit(slots, '30');
    await form.save();
    expect(form.isUnsure).toBe(true);
    bridge.answer('startup.read', startup);
    await form.readIfDoubtful();
    expect(form.isUnsure).toBe(false);
  });

  it('counts the values that the panel would refuse', async () => {
    const { form } = await opened();
    form.edit(slots, 'many');
    form.edit(world, 'other');
    expect([form.changes, form.wrong]).toEqual([2, 1]);
    form.edit(world, 'main');
    expect(form.changes).toBe(1);
    expect(form.judgement(world)).toBeNull();
  });

  it('shows news after a save until they are read or the user edits', async () => {
    const { bridge, form } = await opened();
    bridge.answer('startup.setVariable', { ...startup, variables: [{ ...slots, serverValue: '30' }, world] });
    form.edit(slots, '30');
    await form.save();
    expect([form.hasNews, form.changes]).toEqual([true, 0]);
    form.forgetNews();
    expect(form.hasNews).toBe(false);
    form.edit(slots, '40');
    await form.save();
    expect(form.hasNews).toBe(true);
    form.edit(world, 'x');
    expect(form.hasNews).toBe(false);
  });

  it('keeps the news of a save while the next value is saved', async () => {
    const { bridge, form } = await opened();
    bridge.answer('startup.setVariable', startup);
    form.edit(slots, '30');
    await form.save();
    const save = bridge.hold('startup.setVariable');
    form.edit(world, 'other');
    const saving = form.save();
    form.edit(slots, '50');
    save(startup);
    await saving;
    expect(form.hasNews).toBe(true);
  });

  it('finds by a read that a save without an answer has arrived, blanks aside', async () => {
    const { bridge, form } = await opened();
    bridge.refuse('startup.setVariable', lost);
    const saved = { ...startup, variables: [slots, { ...world, serverValue: ' other ' }] };
    bridge.answer('startup.read', saved);
    form.edit(world, 'other ');
    await form.save();
    expect([form.saveProblem, form.hasNews, form.changes, form.isUnsure]).toEqual([null, true, 0, false]);
  });

  it('keeps the typed text after a save that arrived without an answer', async () => {
    const { bridge, form } = await opened();
    bridge.refuse('startup.setVariable', lost);
    bridge.refuse('startup.read', failed);
    form.edit(slots, '30');
    await form.save();
    form.edit(slots, '40');
    bridge.answer('startup.read', { ...startup, variables: [{ ...slots, serverValue: '30' }, world] });
    await form.readIfDoubtful();
    expect([form.value(slots), form.changes]).toEqual(['40', 1]);
  });

  it('says why it can not save while nobody knows whether an earlier save has arrived', async () => {
    const { bridge, form, saves } = await opened();
    bridge.refuse('startup.setVariable', lost);
    bridge.refuse('startup.read', failed);
    form.edit(slots, '30');
    await form.save();
    expect(form.saveProblem).toEqual(lost);
    const before = saves();
    await form.save();
    expect([saves(), form.saveProblem]).toEqual([before, failed]);
  });

  it('shows a refusal without a field in the words of the panel, and where the variable is refused', async () => {
    const { bridge, form } = await opened();
    bridge.refuse('startup.setVariable', invalid);
    form.edit(slots, '30');
    await form.save();
    expect(form.complaint(slots)).toBe('No. Change it.');
    expect(form.complaint(world)).toBeNull();
    bridge.refuse('startup.setVariable', { ...invalid, fields: { key: verbatim('Unknown.') } });
    await form.save();
    expect(form.complaint(slots)).toBe('Unknown. Change it.');
    form.discard();
    expect([form.complaint(slots), form.changes]).toEqual([null, 0]);
  });

  it('has an image that was saved without an answer as news once the panel shows it', async () => {
    const { bridge, form, panel } = await opened();
    bridge.refuse('server.setDockerImage', lost);
    form.chooseImage('java:21');
    await form.save();
    expect([form.imageProblem, form.hasNews]).toEqual([lost, false]);
    panel.image = '~java:21';
    expect([form.imageProblem, form.hasNews]).toEqual([null, true]);
    form.forgetNews();
    expect([form.imageProblem, form.hasNews]).toEqual([null, false]);
    bridge.refuse('server.setDockerImage', failed);
    form.chooseImage('java:8');
    await form.save();
    form.forgetNews();
    expect(form.imageProblem).toEqual(failed);
    panel.image = 'java:8';
    expect([form.imageProblem, form.hasNews]).toEqual([failed, false]);
  });

  it('leaves input typed or chosen during a save to the next save', async () => {
    const { bridge, form } = await opened();
    const sent = (): unknown[] => bridge.calls.filter(({ name }) => name !== 'startup.read');
    const save = bridge.hold('startup.setVariable');
    form.edit(slots, '30');
    form.edit(world, 'other');
    const saving = form.save();
    form.edit(world, 'o');
    form.chooseImage('java:21');
    const withSlots = { ...startup, variables: [{ ...slots, serverValue: '30' }, world] };
    save(withSlots);
    await saving;
    expect(sent()).toHaveLength(1);
    expect([form.value(world), form.image.text, form.changes]).toEqual(['o', 'java:21', 2]);
    bridge.answer('startup.setVariable', withSlots);
    await form.save();
    expect(sent().slice(1)).toEqual([
      { name: 'startup.setVariable', input: { serverId: 'home/1', key: 'WORLD', value: 'o' } },
      { name: 'server.setDockerImage', input: { serverId: 'home/1', image: 'java:21' } },
    ]);
  });

  it('says that it saves the image', async () => {
    const { bridge, form } = await opened();
    const save = bridge.hold('server.setDockerImage');
    form.chooseImage('java:21');
    const saving = form.save();
    expect(form.saving).toBe('image');
    save(undefined);
    await saving;
    expect([form.saving, form.hasNews, form.isImageEdited]).toEqual([null, true, false]);
  });
});
