import { expect, it, vi } from 'vitest';
import { someMemory } from '../../../tests/support/entities.js';
import { settle } from '../../../tests/support/fake-clock.js';
import { HeldFields } from '../../../tests/support/held-fields.js';
import { showOnce } from './show-once.js';

it('a notice is shown once, and again only if that could not be stored', async () => {
  const memory = new HeldFields(someMemory());
  memory.refuses = new Error('full');
  const tell = vi.fn();
  showOnce(memory, 'still-running', tell);
  await settle();
  memory.refuses = null;
  showOnce(memory, 'still-running', tell);
  await settle();
  showOnce(memory, 'still-running', tell);
  expect(tell).toHaveBeenCalledTimes(2);
  expect(memory.current.shownOnce).toEqual(['still-running']);
});
