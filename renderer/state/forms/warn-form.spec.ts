import { describe, expect, it } from 'vitest';
import type { Problem } from '../../../bridge/errors.js';
import { broadcastCommand } from '../../../bridge/players/broadcasts.js';
import { mostOfCommand } from '../../../bridge/settings/warning.js';
import { mostKept } from '../../../bridge/settings/settings-limits.js';
import type { Settings } from '../../../bridge/schema/settings.js';
import { say, verbatim } from '../../../messages/messages.js';
import { someSettings } from '../../../tests/support/entities.js';
import { FakeBridge } from '../../../tests/support/fake-bridge.js';
import { PerchClient } from '../../api.js';
import { SettingsFeed } from '../feeds/settings-feed.svelte.js';
import { WarnForm } from './warn-form.svelte.js';

type Warning = Settings['restartWarning'];

const problem: Problem = { code: 'internal', message: verbatim('It broke.'), next: verbatim('Try again.') };
const usual = say('warned.usual', { time: '{time}' });

function aForm(warning: Partial<Warning> = {}) {
  const bridge = new FakeBridge();
  const client = new PerchClient(bridge);
  const settings = new SettingsFeed(client);
  settings.start();
  const kept = someSettings();
  let now = { ...kept, restartWarning: { ...kept.restartWarning, ...warning } };
  bridge.snapshot('settings', now);
  bridge.answerWith('settings.update', () => (now = { ...now, ...(bridge.calls.at(-1)?.input as object) }));
  const form = new WarnForm(client, settings);
  const stored = async (): Promise<Warning> => {
    await settings.settled;
    return settings.current.restartWarning;
  };
  const begun = () => bridge.calls.filter(({ name }) => name === 'warned.begin').map(({ input }) => input);
  return { bridge, form, kept: stored, begun };
}

const usualCommand = broadcastCommand(null);

describe('the form of a warned restart', () => {
  it('begins with the default warning, and later with the last warning of the server', () => {
    const { form } = aForm();
    form.open('home/1');
    expect([form.serverId, form.message, form.command, form.isEdited]).toEqual([
      'home/1',
      usual,
      usualCommand,
      false,
    ]);
    const other = aForm({ minutes: 10, message: 'Bye.', commands: { 'home/1': 'broadcast {text}' } }).form;
    other.open('home/1');
    expect([other.minutes, other.message, other.command]).toEqual([10, 'Bye.', 'broadcast {text}']);
    other.open('home/2');
    expect(other.command).toBe(usualCommand);
  });

  it('counts as edited while its text differs from the stored text, and never while it is closed', () => {
    const { form } = aForm();
    form.message = 'Typed.';
    expect(form.isEdited).toBe(false);
    form.open('home/1');
    form.message = 'Typed.';
    expect(form.isEdited).toBe(true);
    form.message = usual;
    form.command = 'shout {text}';
    expect(form.isEdited).toBe(true);
    form.close();
    expect([form.isEdited, form.serverId]).toEqual([false, null]);
  });

  it('names missing or too long parts, and then sends no restart', async () => {
    const { form, begun } = aForm();
    form.open('home/1');
    expect([form.messageError, form.commandError]).toEqual([undefined, undefined]);
    form.message = '  ';
    expect(form.messageError).toBe(say('warned.no-message'));
    await form.go();
    form.message = 'Bye.';
    form.command = 'say hello';
    expect(form.commandError).toBe(say('warned.no-text', { text: '{text}' }));
    await form.go();
    form.message = 'b'.repeat(500);
    form.command = `${'x'.repeat(mostOfCommand - 500)}{text}`;
    expect(form.commandError).toBeUndefined();
    form.command = `x${form.command}`;
    expect(form.commandError).toBe(say('warned.too-long', { most: mostOfCommand }));
    await form.go();
    expect(begun()).toEqual([]);
  });

  it('shows the first command as a server of the game would get it', () => {
    const { form } = aForm();
    form.open('home/1');
    form.minutes = 5;
    form.message = 'Back soon; {time}';
    const time = say('warned.minutes', { count: 5 });
    expect(form.first('minecraft')).toBe(`say Back soon; ${time}`);
    expect(form.first('source')).toBe(`say Back soon, ${time}`);
    expect(form.first(null)).toBe(form.first('source'));
    expect(form.first(undefined)).toBe(form.first(null));
  });

  it('begins the restart, keeps the warning for the next time and closes', async () => {
    const { form, begun, kept } = aForm({ commands: { 'home/2': 'two {text}' } });
    form.open('home/1');
    form.minutes = 10;
    form.message = 'Bye.';
    form.command = 'shout {text}';
    await form.go();
    expect(begun()).toEqual([{ serverId: 'home/1', seconds: 600, message: 'Bye.', command: 'shout {text}' }]);
    expect([form.serverId, form.sending.isRunning, form.sending.problem]).toEqual([null, false, null]);
    expect(await kept()).toEqual({
      minutes: 10,
      message: 'Bye.',
      commands: { 'home/2': 'two {text}', 'home/1': 'shout {text}' },
    });
  });

  it('stores no default values, and drops the stored command', async () => {
    const { form, kept } = aForm({ message: 'Bye.', commands: { 'home/1': 'shout {text}' } });
    form.open('home/1');
    form.message = usual;
    form.command = usualCommand;
    await form.go();
    expect(await kept()).toMatchObject({ message: null, commands: {} });
  });

  it('drops the oldest command above the limit', async () => {
    const most = mostKept.warningCommands;
    const commands = Object.fromEntries(Array.from({ length: most }, (_, at) => [`old/${at}`, 'x {text}']));
    const { form, kept } = aForm({ commands });
    form.open('home/1');
    form.command = 'shout {text}';
    await form.go();
    const names = Object.keys((await kept()).commands);
    expect([names.length, names[0], names.at(-1)]).toEqual([most, 'old/1', 'home/1']);
  });

  it('stays open with the problem if main refuses, and stores no values', async () => {
    const { bridge, form, kept } = aForm();
    bridge.refuse('warned.begin', problem);
    form.open('home/1');
    form.message = 'Bye.';
    await form.go();
    expect([form.serverId, form.sending.problem, form.sending.isRunning]).toEqual(['home/1', problem, false]);
    expect((await kept()).message).toBeNull();
    bridge.answer('warned.begin', undefined);
    const again = form.go();
    expect(form.sending.problem).toBeNull();
    await again;
    expect(form.serverId).toBeNull();
  });

  it('begins one restart however often it is sent, and none while it is closed', async () => {
    const { bridge, form, begun } = aForm();
    await form.go();
    expect(begun()).toEqual([]);
    const release = bridge.hold('warned.begin');
    form.open('home/1');
    const first = form.go();
    expect(form.sending.isRunning).toBe(true);
    await form.go();
    release(undefined);
    await first;
    expect(begun()).toHaveLength(1);
  });

  it('leaves the form of another server alone when an earlier answer comes', async () => {
    const { bridge, form } = aForm();
    const release = bridge.hold('warned.begin');
    form.open('home/1');
    const first = form.go();
    form.open('home/2');
    expect(form.sending.isRunning).toBe(false);
    release(undefined);
    await first;
    expect(form.serverId).toBe('home/2');
    bridge.refuse('warned.begin', problem);
    const second = form.go();
    form.open('home/3');
    const held = bridge.hold('warned.begin');
    const third = form.go();
    await second;
    expect([form.serverId, form.sending.problem, form.sending.isRunning]).toEqual(['home/3', null, true]);
    held(undefined);
    await third;
  });
});
