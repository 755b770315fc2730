import { describe, expect, it } from 'vitest';
import { FakeBridge } from '../../tests/support/fake-bridge.js';
import { PerchClient } from '../api.js';
import { HeldDraftsTeller } from './held-drafts.js';

function setUp() {
  const bridge = new FakeBridge();
  const places = {
    forms: { unsaved: [] as string[] },
    histories: { unsent: [] as string[] },
    connectForm: { isDraft: false },
    edits: { isDraft: false },
  };
  const teller = new HeldDraftsTeller(new PerchClient(bridge), places);
  return { bridge, places, teller };
}

describe('HeldDraftsTeller', () => {
  it('tells of nothing, for a new page holds nothing', () => {
    const { bridge, teller } = setUp();
    teller.tell();
    expect(bridge.calls).toEqual([]);
  });

  it('tells where drafts are, each server once, and only what is new', () => {
    const { bridge, places, teller } = setUp();
    places.forms.unsaved = ['home/1'];
    teller.tell();
    teller.tell();
    places.histories.unsent = ['home/1', 'home/2'];
    teller.tell();
    places.connectForm.isDraft = true;
    teller.tell();
    places.edits.isDraft = true;
    teller.tell();
    places.forms.unsaved = [];
    places.histories.unsent = [];
    places.connectForm.isDraft = false;
    places.edits.isDraft = false;
    teller.tell();
    expect(bridge.calls.map(({ name }) => name)).toEqual(Array(5).fill('window.holdsDrafts'));
    expect(bridge.calls.map(({ input }) => input)).toEqual([
      { serverIds: ['home/1'], panel: false, dialog: false },
      { serverIds: ['home/1', 'home/2'], panel: false, dialog: false },
      { serverIds: ['home/1', 'home/2'], panel: true, dialog: false },
      { serverIds: ['home/1', 'home/2'], panel: true, dialog: true },
      { serverIds: [], panel: false, dialog: false },
    ]);
  });
});
