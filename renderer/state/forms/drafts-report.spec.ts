import { describe, expect, it } from 'vitest';
import { FakeBridge } from '../../../tests/support/fake-bridge.js';
import { PerchClient } from '../../api.js';
import { DraftsReport } from './drafts-report.js';

function setUp() {
  const bridge = new FakeBridge();
  const places = {
    forms: { serversWithDrafts: [] as string[] },
    histories: { serversWithDrafts: [] as string[] },
    connectForm: { hasDraft: false },
    dialogDrafts: { hasDraft: false },
    ruleDrafts: { hasDraft: false },
  };
  const teller = new DraftsReport(new PerchClient(bridge), places);
  return { bridge, places, teller };
}

describe('DraftsReport', () => {
  it('reports no drafts for a new page without drafts', () => {
    const { bridge, teller } = setUp();
    teller.tell();
    expect(bridge.calls).toEqual([]);
  });

  it('reports the servers with drafts, each once, and only changes', () => {
    const { bridge, places, teller } = setUp();
    places.forms.serversWithDrafts = ['home/1'];
    teller.tell();
    teller.tell();
    places.histories.serversWithDrafts = ['home/1', 'home/2'];
    teller.tell();
    places.connectForm.hasDraft = true;
    teller.tell();
    places.dialogDrafts.hasDraft = true;
    teller.tell();
    places.forms.serversWithDrafts = [];
    places.histories.serversWithDrafts = [];
    places.connectForm.hasDraft = false;
    places.dialogDrafts.hasDraft = false;
    teller.tell();
    expect(bridge.calls.map(({ name }) => name)).toEqual(Array(5).fill('window.setDrafts'));
    expect(bridge.calls.map(({ input }) => input)).toEqual([
      { serverIds: ['home/1'], panel: false, dialog: false },
      { serverIds: ['home/1', 'home/2'], panel: false, dialog: false },
      { serverIds: ['home/1', 'home/2'], panel: true, dialog: false },
      { serverIds: ['home/1', 'home/2'], panel: true, dialog: true },
      { serverIds: [], panel: false, dialog: false },
    ]);
  });
});
