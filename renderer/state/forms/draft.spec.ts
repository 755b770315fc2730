import { expect, it } from 'vitest';
import { Draft } from './draft.svelte.js';

function aDraft(known = 'Old') {
  const panel = { known };
  return { panel, draft: new Draft(() => panel.known) };
}

it('a draft is edited where more than surrounding spaces differ from the panel', () => {
  const { draft } = aDraft(' Old ');
  expect([draft.text, draft.isEdited]).toEqual([' Old ', false]);
  draft.text = 'Old  ';
  expect(draft.isEdited).toBe(false);
  draft.text = 'New';
  expect([draft.text, draft.isEdited]).toEqual(['New', true]);
  draft.discard();
  expect([draft.text, draft.isEdited]).toEqual([' Old ', false]);
});

it('a draft follows the accepted text, until the panel has another text', () => {
  const { panel, draft } = aDraft();
  draft.text = ' New ';
  draft.taken('New');
  expect([draft.text, draft.saved, draft.isEdited]).toEqual(['New', 'New', false]);
  panel.known = 'New';
  expect(draft.text).toBe('New');
  panel.known = 'Old';
  expect(draft.text).toBe('Old');
});

it('a draft keeps text typed while the panel accepted an earlier text', () => {
  const { draft } = aDraft();
  draft.text = 'Newer';
  draft.taken('New');
  expect([draft.text, draft.saved, draft.isEdited]).toEqual(['Newer', 'New', true]);
  const untouched = aDraft().draft;
  untouched.taken('New');
  expect(untouched.text).toBe('New');
});

it('a text that is accepted once more is shown once more', () => {
  const { panel, draft } = aDraft();
  draft.taken('New');
  panel.known = 'Other';
  expect(draft.saved).toBe('Other');
  draft.taken('Newest');
  expect(draft.saved).toBe('Newest');
});
