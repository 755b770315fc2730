import { describe, expect, it } from 'vitest';
import { CommandHistories, CommandHistory } from './command-history.js';

describe('CommandHistory', () => {
  it('goes back and forth, and returns to what was typed', () => {
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

  it('keeps a repeated command once and 200 in all', () => {
    const history = new CommandHistory();
    history.add('same');
    history.add('same');
    expect(history.older('')).toBe('same');
    expect(history.older('same')).toBeNull();
    for (let index = 0; index < 300; index += 1) history.add(`c${index}`);
    let oldest = '';
    for (let shown = history.older(''); shown !== null; shown = history.older(shown)) oldest = shown;
    expect(oldest).toBe('c100');
  });
});

describe('CommandHistories', () => {
  it('has one per server', () => {
    const histories = new CommandHistories();
    histories.of('a/1').draft = 'half';
    expect(histories.of('a/1').draft).toBe('half');
    expect(histories.of('a/2').draft).toBe('');
  });
});
