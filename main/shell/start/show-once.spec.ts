import { expect, it, vi } from 'vitest';
import { someMemory } from '../../../tests/support/entities.js';
import { settle } from '../../../tests/support/fake-clock.js';
import { HeldFields } from '../../../tests/support/held-fields.js';
import { tellOnce } from './show-once.js';

it('a notice is shown once, and again only if that could not be stored', async () => {
  const memory = new HeldFields(someMemory());
  memory.refuses = new Error('full');
  const tell = vi.fn();
  tellOnce(memory, 'still-running', tell);
  await settle();
  memory.refuses = null;
  tellOnce(memory, 'still-running', tell);
  await settle();
  tellOnce(memory, 'still-running', tell);
  expect(tell).toHaveBeenCalledTimes(2);
  expect(memory.current.shownOnce).toEqual(['still-running']);
});
