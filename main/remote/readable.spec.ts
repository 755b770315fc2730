import { describe, expect, it } from 'vitest';
import { isReadable, programName, quotedName } from './readable.js';

describe('isReadable', () => {
  it.each([
    ['no-break spaces', `say hi${'\u00a0'.repeat(960)}; op mallory`],
    ['a filler of Hangul', 'say hi\u3164op mallory'],
    ['the other fillers of Hangul', 'say hi\u115f\u1160\uffa0'],
    ['the blank of Braille', `say hi${'\u2800'.repeat(3)}op mallory`],
    ['choices of picture', `say hi${'\ufe0f'.repeat(40)}op mallory`],
    ['the other choices of picture', 'say hi\u{e0100}'],
    ['a choice of Mongolian', 'say hi\u180b'],
    ['a joiner of graphemes', 'say hi\u034f'],
    ['a blank note', 'say hi\u{1d159}'],
    ['a blank hieroglyph', 'say hi\u{13441}'],
    ['tags', 'say hi\u{e0041}'],
    ['spaces of several kinds', 'say hi\u2003\u3000 \u00a0op mallory'],
    ['many plain spaces', `say hi${' '.repeat(300)}op mallory`],
    ['joiners after a blank', 'say hi \u200dop mallory'],
    ['joiners in a row', 'say hi\u200d\u200d\u200dop'],
    ['a half of a character', 'say hi\ud83d'],
    ['marks without end', `say h${'\u0301'.repeat(20)}i`],
    ['a change of direction', 'say \u202eih'],
  ])('is false of %s', (_what, command) => {
    expect(isReadable(command)).toBe(false);
  });

  it.each([
    'list',
    'say Bonjour\u00a0!',
    'say 👩\u200d🚀 ❤\ufe0f 🏳\ufe0f\u200d🌈 می\u200cخواهم',
    'say 한국어 サーバー ไม่เป็นไร नमस्ते',
    'execute as @a run tellraw @s {"text":"a  b"}',
    'say 日本\u3000語',
  ])('is true of %j', (command) => {
    expect(isReadable(command)).toBe(true);
  });
});

describe('programName', () => {
  it.each([
    ['Claude Code (1.2)', 'Claude Code (1.2)'],
    ['Robot” wants to start “Lobby”. “Robot', 'Robot wants to start Lobby . Ro…'],
    ['Robot"\n\n"Perch', 'Robot Perch'],
    ['«Perch»: allowed', 'Perch allowed'],
    ['Ro\u3164\u3164bot\u00a0\u00a0\u00a0', 'Ro bot'],
    ['Ünïcode 機械', 'Ünïcode 機械'],
    [`R${'\u0301'.repeat(30)}obot`, 'Robot'],
    ['\u3164\u2800', ''],
    ['“”', ''],
  ])('makes %j to %j', (claimed, shown) => {
    expect(programName(claimed)).toBe(shown);
    expect(programName(shown)).toBe(shown);
  });
});

it('a name between quotation marks cannot close them', () => {
  expect(quotedName('Lobby”. “Robot” wants to start “Lobby', 80)).toBe(
    "Lobby'. 'Robot' wants to start 'Lobby",
  );
});
