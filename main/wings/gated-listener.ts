import type { SessionListener } from './api.js';

/** Forwards calls only while `isOpen` returns true, so that a stopped session's listener gets no late events. */
export function gatedListener(target: SessionListener, isOpen: () => boolean): SessionListener {
  return {
    link: (link) => isOpen() && target.link(link),
    power: (state) => isOpen() && target.power(state),
    usage: (usage) => isOpen() && target.usage(usage),
    lines: (lines) => isOpen() && target.lines(lines),
    crashed: (facts) => isOpen() && target.crashed(facts),
    permissions: (permissions) => isOpen() && target.permissions(permissions),
    serverChanged: () => isOpen() && target.serverChanged(),
    happened: (fact) => isOpen() && target.happened(fact),
    deleted: () => isOpen() && target.deleted(),
    notice: (text, about) => isOpen() && target.notice(text, about),
    symptom: (line, feature) => isOpen() && target.symptom(line, feature),
    signalRead: () => isOpen() && target.signalRead(),
    unsure: (sent) => isOpen() && target.unsure(sent),
  };
}
