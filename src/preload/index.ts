import { contextBridge, ipcRenderer } from 'electron';
import { type Bridge, camel, channelOf } from '../shared/bridge.ts';
import type { EventName, MethodName } from '../shared/contract.ts';
import { fail } from '../shared/errors.ts';

// The names are listed, not read from the contract: its schemas would pull zod into this file, which runs beside the
// page. `satisfies` makes a name that is missing, misspelt or gone from the contract a type error.
const METHODS = {
  'app.state': true,
  'app.info': true,
  'archive.create': true,
  'archive.open': true,
  'archive.openRemembered': true,
  'archive.recover': true,
  'archive.choose': true,
  'archive.forget': true,
  'archive.lock': true,
  'archive.known': true,
  'archive.openDemo': true,
  'sync.connect': true,
  'sync.start': true,
  'sync.cancel': true,
  'sync.state': true,
  'sync.setPlan': true,
  'sync.history': true,
  'schedule.get': true,
  'schedule.set': true,
  'import.choose': true,
  'import.begin': true,
  'import.piece': true,
  'import.preview': true,
  'import.run': true,
  'import.cancel': true,
  'import.discard': true,
  'coverage.days': true,
  'coverage.retention': true,
  'entries.count': true,
  'entries.distinct': true,
  'entries.neighbours': true,
  'entries.giveUp': true,
  'entries.readAhead': true,
  'entries.newerThan': true,
  'entries.rows': true,
  'entries.listing': true,
  'entries.facets': true,
  'entries.histogram': true,
  'entries.get': true,
  'findings.list': true,
  'findings.decide': true,
  'findings.undo': true,
  'findings.baseline': true,
  'suppressions.list': true,
  'suppressions.add': true,
  'suppressions.end': true,
  'rules.list': true,
  'rules.setEnabled': true,
  'rules.validate': true,
  'rules.backTest': true,
  'rules.save': true,
  'rules.remove': true,
  'keeping.get': true,
  'keeping.set': true,
  'keeping.apply': true,
  'holds.add': true,
  'holds.release': true,
  'source.get': true,
  'source.test': true,
  'source.replaceToken': true,
  'source.disconnect': true,
  'integrity.get': true,
  'integrity.verify': true,
  'integrity.settings': true,
  'integrity.setVerifyDays': true,
  'integrity.copyHeads': true,
  'keys.status': true,
  'keys.changePassphrase': true,
  'keys.newRecoveryCode': true,
  'keys.rekey': true,
  'keys.remember': true,
  'offices.list': true,
  'offices.set': true,
  'networks.list': true,
  'networks.trust': true,
  'countries.list': true,
  'countries.trust': true,
  'geo.places': true,
  'profile.get': true,
  'profile.findings': true,
  'marks.list': true,
  'marks.change': true,
  'views.list': true,
  'views.save': true,
  'views.remove': true,
  'views.look': true,
  'cases.list': true,
  'cases.create': true,
  'cases.open': true,
  'cases.timeline': true,
  'cases.update': true,
  'cases.setStatus': true,
  'cases.addClock': true,
  'cases.meetClock': true,
  'cases.pin': true,
  'cases.unpin': true,
  'cases.classify': true,
  'cases.note': true,
  'cases.addManual': true,
  'cases.importForeign': true,
  'cases.undo': true,
  'cases.scope': true,
  'cases.scopeEntries': true,
  'cases.addSeed': true,
  'cases.removeSeed': true,
  'cases.decideThing': true,
  'cases.decideEntries': true,
  'cases.check': true,
  'cases.decideRemedy': true,
  'cases.watch': true,
  'cases.saveStory': true,
  'cases.export': true,
  'cases.bundle': true,
  'reviews.list': true,
  'reviews.savePlan': true,
  'reviews.preview': true,
  'reviews.start': true,
  'reviews.startAddendum': true,
  'reviews.open': true,
  'reviews.items': true,
  'reviews.findings': true,
  'reviews.history': true,
  'reviews.decide': true,
  'reviews.undo': true,
  'reviews.sample': true,
  'reviews.acknowledgeGaps': true,
  'reviews.sign': true,
  'reviews.giveBack': true,
  'reviews.abandon': true,
  'reviews.export': true,
  'exceptions.list': true,
  'exceptions.raise': true,
  'exceptions.update': true,
  'exceptions.retest': true,
  'exceptions.close': true,
  'exceptions.reopen': true,
  'identities.list': true,
  'identities.create': true,
  'identities.changePin': true,
  'identities.retire': true,
  'leavers.compare': true,
  'leavers.kept': true,
  'bundle.choose': true,
  'bundle.chooseKey': true,
  'bundle.open': true,
  'bundle.create': true,
  'report.draft': true,
  'report.read': true,
  'report.save': true,
  'report.list': true,
  'report.verify': true,
  'report.reveal': true,
  'export.create': true,
  'task.cancel': true,
  'window.touched': true,
  'window.control': true,
  'preferences.get': true,
  'preferences.set': true,
} satisfies Record<MethodName, true>;

const EVENTS = {
  'app.changed': true,
  'sync.progress': true,
  'sync.changed': true,
  'import.progress': true,
  'task.progress': true,
  'archive.changed': true,
  'findings.changed': true,
  'marks.changed': true,
  'views.changed': true,
  'cases.changed': true,
  'reviews.changed': true,
  'integrity.changed': true,
  'menu.command': true,
} satisfies Record<EventName, true>;

function methodCaller(name: string) {
  const channel = channelOf(name as MethodName);
  return async (input: unknown) => {
    try {
      return await ipcRenderer.invoke(channel, input);
    } catch {
      // The main process answers everything with a Result; this is the window outliving it, or an input that
      // cannot be copied. Electron's own message would name its internals.
      return fail('unexpected', `Logbook did not answer (${name}).`, 'Restart Logbook.');
    }
  };
}

function eventSubscriber(name: string) {
  const channel = channelOf(name as EventName);
  return (listener: (payload: unknown) => void) => {
    // The page gets the payload alone: the event object carries the sender.
    const forward = (_event: unknown, payload: unknown) => listener(payload);
    ipcRenderer.on(channel, forward);
    return () => {
      ipcRenderer.off(channel, forward);
    };
  };
}

const bridge = Object.freeze(
  Object.fromEntries([
    ...Object.keys(METHODS).map((name) => [camel(name), methodCaller(name)]),
    ...Object.keys(EVENTS).map((name) => [camel(`on.${name}`), eventSubscriber(name)]),
  ]),
) as Bridge;

contextBridge.exposeInMainWorld('logbook', bridge);
