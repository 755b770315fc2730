import { expect, it } from 'vitest';
import { initials } from './initials.js';

it.each([
  ['Building', 'Bu'],
  ['home panel', 'HP'],
  ['Games of the east', 'GO'],
  ['MC-EU-01', 'ME'],
  ['x', 'X'],
  ['127.0.0.1:8080', '12'],
  ['panel.example.com', 'PE'],
  ['Überwachung', 'Üb'],
  ['日本サーバー', '日本'],
  ['🎮 Games', 'Ga'],
  ['🎮', '🎮'],
  ['👩‍🚀', '👩‍🚀'],
  [' ', ''],
])('%j is %j', (name, short) => {
  expect(initials(name)).toBe(short);
});

it('initials are short, whatever a panel is called', () => {
  expect(initials(`e${'\u0301'.repeat(500)}`).length).toBeLessThan(20);
});
