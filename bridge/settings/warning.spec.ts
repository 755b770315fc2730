import { describe, expect, it } from 'vitest';
import { isWarningTooLong, mostOfCommand, sayingCommand, warningSteps, warningText } from './warning.js';
import { broadcastCommand } from '../players/broadcasts.js';

const usualCommand = broadcastCommand(null);

const minute = 60_000;

describe('the warning of a restart', () => {
  it('is repeated a minute and ten seconds before, if the time is long enough', () => {
    expect(warningSteps(5 * minute)).toEqual([minute, 10_000, 0]);
    expect(warningSteps(minute)).toEqual([10_000, 0]);
    expect(warningSteps(10_000)).toEqual([0]);
  });

  it('names the time that is left, in whole minutes or in seconds, each time it is asked for', () => {
    expect(warningText('Restart in {time}. {time}!', 5 * minute)).toBe('Restart in 5 minutes. 5 minutes!');
    expect(warningText('Restart in {time}', 10_400)).toBe('Restart in 10 seconds');
  });

  it('is one line, and a second line cannot become a command', () => {
    expect(warningText(' a \r\n b\u2028c ', minute)).toBe('a b c');
    expect(sayingCommand('say\n{text}', 'a\nstop')).toBe('say a stop');
  });

  it('has its text as it is, apart from Source and unknown games, where a semicolon may begin a command', () => {
    expect(sayingCommand(usualCommand, 'a; $& "b"', 'minecraft')).toBe('say a; $& "b"');
    expect(sayingCommand(usualCommand, 'a; b; c', 'source')).toBe('say a, b, c');
    expect(sayingCommand(usualCommand, 'a; $& "b"')).toBe("say a, $& 'b'");
  });

  it('holds no control characters', () => {
    expect(sayingCommand(usualCommand, 'a\u0000\u001b[2J\bb\tc\f')).toBe('say a[2Jb c');
  });

  it('stays inside of quotes, and chat of Factorio cannot become a command', () => {
    expect(sayingCommand(broadcastCommand('zomboid'), 'a "b" \\c', 'zomboid')).toBe(`servermsg "a 'b' /c"`);
    expect(sayingCommand(broadcastCommand('factorio'), ' //quit now', 'factorio')).toBe('quit now');
    expect(sayingCommand(broadcastCommand('factorio'), 'see /help', 'factorio')).toBe('see /help');
  });

  it('is too long if a command is', () => {
    const most = 'a'.repeat(mostOfCommand - 'say '.length);
    expect(isWarningTooLong(most, usualCommand, minute)).toBe(false);
    expect(isWarningTooLong(`${most}a`, usualCommand, minute)).toBe(true);
    // "10 seconds" is longer than "1 minute".
    const tight = 'a'.repeat(mostOfCommand - 'say 1 minute'.length);
    expect(isWarningTooLong(`${tight}{time}`, usualCommand, minute)).toBe(true);
    expect(isWarningTooLong('a', `${'a'.repeat(mostOfCommand - 1)}{text}`, minute)).toBe(true);
  });
});
