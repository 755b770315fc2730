import { describe, expect, it } from 'vitest';
import { CommandHistories, CommandHistory, mergeHistories } from './command-history.svelte.js';

describe('CommandHistory', () => {
  it('goes back and forth, and returns to the draft', () => {
    const history = new CommandHistory();
    history.add('list');
    history.add('say hi');
    history.typed('sto');
    expect(history.older('sto')).toBe('say hi');
    expect(history.older('say hi')).toBe('list');
    expect(history.older('list')).toBeNull();
    expect(history.newer()).toBe('say hi');
    expect(history.newer()).toBe('sto');
    expect(history.newer()).toBeNull();
  });

  it('begins at the newest again after typing or sending', () => {
    const history = new CommandHistory();
    history.add('one');
    history.add('two');
    history.older('');
    history.older('two');
    history.typed('x');
    expect(history.older('x')).toBe('two');
    history.add('three');
    expect(history.draft).toBe('');
    expect(history.older('')).toBe('three');
  });

  it('passes over the newest command where the line shows this command already', () => {
    const history = new CommandHistory();
    history.add('list');
    history.typed('list');
    expect(history.older('list')).toBeNull();
    expect(history.newer()).toBe('list');
    history.add('say hi');
    history.typed('say hi');
    expect(history.older('say hi')).toBe('list');
  });

  it('keeps a repeated command once and 1,000 in all', () => {
    const history = new CommandHistory();
    history.add('same');
    history.add('same');
    expect(history.older('')).toBe('same');
    expect(history.older('same')).toBeNull();
    for (let index = 0; index < 1100; index += 1) history.add(`c${index}`);
    let oldest = '';
    for (let shown = history.older(''); shown !== null; shown = history.older(shown)) oldest = shown;
    expect(oldest).toBe('c100');
  });
});

describe('mergeHistories', () => {
  it.each([
    { what: 'nothing of this window', kept: ['a', 'b'], own: [], merged: ['a', 'b'] },
    { what: 'all of this window', kept: ['a', 'b', 'c'], own: ['b', 'c'], merged: ['a', 'b', 'c'] },
    { what: 'one not yet kept', kept: ['a', 'b'], own: ['b', 'c'], merged: ['a', 'b', 'c'] },
    { what: 'nothing on disk', kept: [], own: ['a', 'b'], merged: ['a', 'b'] },
    { what: 'repeats', kept: ['a', 'a'], own: ['a', 'a', 'b'], merged: ['a', 'a', 'b'] },
    { what: 'one that main dropped', kept: ['b', 'c'], own: ['stop', 'b', 'c'], merged: ['stop', 'b', 'c'] },
    { what: 'one too long to keep', kept: ['a', 'b'], own: ['a', 'long', 'b'], merged: ['a', 'long', 'b'] },
    { what: 'dropped and sent again', kept: ['b', 'a'], own: ['a', 'b', 'a'], merged: ['a', 'b', 'a'] },
    {
      what: 'long ones at both ends',
      kept: ['old', 'a', 'b'],
      own: ['first', 'a', 'b', 'last'],
      merged: ['old', 'first', 'a', 'b', 'last'],
    },
  ])('merges both lists: $what', ({ kept, own, merged }) => {
    expect(mergeHistories(kept, own)).toEqual(merged);
  });

  it('keeps the position of Up and Down', () => {
    const history = new CommandHistory();
    history.add('new');
    history.typed('half');
    history.merge(['old', 'new']);
    expect(history.older('half')).toBe('new');
    history.merge(['oldest', 'old', 'new']);
    expect(history.older('new')).toBe('old');
    expect(history.newer()).toBe('new');
    expect(history.newer()).toBe('half');
  });

  it('keeps an unsent command as the newest, although main has an equal older one', () => {
    const history = new CommandHistory();
    const kept = ['list', 'say a', 'say b'];
    const shown = (): string[] => {
      const commands: string[] = [];
      history.typed('');
      for (let one = history.older(''); one !== null; one = history.older(one)) commands.unshift(one);
      return commands;
    };
    history.merge(kept);
    history.addUnsent('list');
    for (let visit = 0; visit < 2; visit += 1) history.merge(kept);
    expect(shown()).toEqual([...kept, 'list']);
    history.add('say c');
    history.addUnsent('list');
    history.sent('list');
    const later = [...kept, 'say c', 'list'];
    history.merge(later);
    expect(shown()).toEqual(later);
  });

  it('offers the newest, also after main dropped the oldest of this window', () => {
    const history = new CommandHistory();
    const sent = ['stop', ...Array.from({ length: 500 }, (_, at) => `say ${at}`)];
    for (const command of sent) history.add(command);
    for (let visit = 0; visit < 3; visit += 1) history.merge(sent.slice(-500));
    expect(history.older('')).toBe('say 499');
    expect(history.recent).toHaveLength(501);
    expect(history.recent.at(-1)).toBe('stop');
  });

  it('forgets a command everywhere', () => {
    const history = new CommandHistory();
    for (const command of ['login hunter2', 'list', 'login hunter2']) history.add(command);
    history.older('');
    history.forgetCommand('login hunter2');
    expect(history.recent).toEqual(['list']);
    expect(history.older('')).toBe('list');
    expect(history.older('list')).toBeNull();
  });

  it('searches the newest first, each once, and forgets', () => {
    const history = new CommandHistory();
    history.merge(['list', 'say', 'list', 'stop']);
    expect(history.recent).toEqual(['stop', 'list', 'say']);
    history.forget();
    expect(history.recent).toEqual([]);
    expect(history.older('')).toBeNull();
  });
});

describe('CommandHistories', () => {
  it('has one history per server', () => {
    const histories = new CommandHistories();
    histories.of('a/1').draft = 'half';
    expect(histories.of('a/1').draft).toBe('half');
    expect(histories.of('a/2').draft).toBe('');
  });

  it('knows which servers have drafts or send a command, and forgets removed servers', async () => {
    const histories = new CommandHistories();
    histories.of('a/1').typed('half');
    histories.of('a/2').typed('  ');
    histories.of('a/3').typed('whole');
    expect(histories.serversWithDrafts).toEqual(['a/1', 'a/3']);
    histories.of('a/3').add('whole');
    expect(histories.serversWithDrafts).toEqual(['a/1']);
    const sending = histories.of('a/3').sending.run(() => Promise.resolve());
    expect(histories.serversWithDrafts).toEqual(['a/1', 'a/3']);
    await sending;
    expect(histories.serversWithDrafts).toEqual(['a/1']);
    const other = histories.of('a/2');
    histories.keepOnly([{ id: 'a/2' }]);
    expect(histories.serversWithDrafts).toEqual([]);
    expect(histories.of('a/2')).toBe(other);
  });
});
