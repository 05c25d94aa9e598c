import { performance } from 'node:perf_hooks';
import { fail, ok, type Result } from '../../shared/errors.ts';
import type { TriagedFinding } from '../../shared/triage.ts';
import type { ArchiveReader } from '../core/archive/reader.ts';
import type { ArchiveWriter } from '../core/archive/writer.ts';
import { backTest, withoutFile } from '../core/detection/back-test.ts';
import { baselineChart } from '../core/detection/baseline-chart.ts';
import { infosOf, toldBy } from '../core/detection/catalogue.ts';
import type { Detection } from '../core/detection/detect.ts';
import { type LiveDetection, liveDetection } from '../core/detection/live.ts';
import { chosenRules, draftOf, removeRule, ruleIsKnown, saveRule } from '../core/detection/own-rules.ts';
import {
  beginSuppression,
  decisionLines,
  endSuppression,
  switchRule,
  undoLines,
} from '../core/detection/triage/decide.ts';
import {
  findingsOfEntries,
  foremost,
  graveMoments,
  namedFindings,
  openBySeverity,
} from '../core/detection/triage/glance.ts';
import { type Register, readRegister } from '../core/detection/triage/register.ts';
import { ruleHealth } from '../core/detection/triage/rule-health.ts';
import { suppressionRows } from '../core/detection/triage/suppression-rows.ts';
import { triage } from '../core/detection/triage/triage.ts';
import type { Places } from '../core/geo/places.ts';
import { keysConcerning } from '../core/profile/concerned.ts';
import type { DetectionReaderCalls, DetectionWriterCalls } from './detection-calls.ts';
import type { ServiceTable } from './service-table.ts';

type Known = { readonly detection: Detection; readonly ms: number };
type Triaged = { readonly register: Register; readonly findings: readonly TriagedFinding[]; readonly known: Known };

/** What a reading thread knows of findings. Rules run again only over what has changed since they were asked last. */
export function detectionServices(reader: ArchiveReader, places: Places): ServiceTable<DetectionReaderCalls> {
  const meter = () => performance.now();
  const byZone = new Map<string, LiveDetection>();
  let known: Known | null = null;
  const triaged = (zone: string, now: number): Result<Triaged> => {
    const live = byZone.get(zone) ?? liveDetection(reader, { zone, places, meter });
    // The archive's zone hardly ever changes; what another one found is not worth its memory.
    if (!byZone.has(zone)) byZone.clear();
    byZone.set(zone, live);
    const begun = meter();
    const detection = live.current();
    if (!detection.ok) return detection;
    if (known?.detection !== detection.value) known = { detection: detection.value, ms: Math.round(meter() - begun) };
    const register = readRegister(reader);
    return ok({ register, findings: triage(known.detection, register, now), known });
  };
  const ofIds = (zone: string, now: number, ids: readonly string[]): Result<readonly TriagedFinding[]> => {
    const all = triaged(zone, now);
    if (!all.ok) return all;
    const byId = new Map(all.value.findings.map((finding) => [finding.id, finding]));
    const gone = ids.find((id) => !byId.has(id));
    if (gone !== undefined)
      return fail('not_found', `The finding ${gone} is not there any more.`, 'Look at the list again.');
    return ok([...new Set(ids)].flatMap((id) => byId.get(id) ?? []));
  };
  return {
    findings({ zone, now }) {
      const all = triaged(zone, now);
      if (!all.ok) return all;
      const { findings, known: run } = all.value;
      const { rulesRun, problems } = run.detection;
      return ok({ findings, rulesRun: rulesRun.length, ms: run.ms, problems });
    },
    openFindings({ zone, now }) {
      const all = triaged(zone, now);
      if (!all.ok) return all;
      const { findings, register } = all.value;
      return ok({ severities: openBySeverity(findings), reviewer: register.reviewer });
    },
    findingsOfEntries({ zone, now, keys }) {
      const all = triaged(zone, now);
      return all.ok ? ok(findingsOfEntries(all.value.findings, keys)) : all;
    },
    graveMoments({ zone, now }) {
      const all = triaged(zone, now);
      return all.ok ? ok(graveMoments(all.value.findings)) : all;
    },
    namedFindings({ zone, now, text, limit }) {
      const all = triaged(zone, now);
      return all.ok ? ok(namedFindings(all.value.findings, text, zone, limit)) : all;
    },
    findingsConcerning({ zone, now, entity, limit }) {
      const all = triaged(zone, now);
      if (!all.ok) return all;
      const { findings } = all.value;
      const keys = [...new Set(findings.flatMap((one) => one.entryKeys))];
      const concerning = new Set(keysConcerning(entity, keys, reader));
      const those = findings.filter((one) => one.entryKeys.some((key) => concerning.has(key)));
      return ok(foremost(those, limit));
    },
    states({ zone, now, ids }) {
      const found = ofIds(zone, now, ids);
      return found.ok ? ok(found.value.map(({ id, state }) => ({ id, state }))) : found;
    },
    decisionLines({ zone, now, ids, verdict, expires, word }) {
      const found = ofIds(zone, now, ids);
      if (!found.ok) return found;
      return verdict === 'undone'
        ? undoLines(found.value, word)
        : decisionLines(found.value, verdict, expires, word, now);
    },
    baseline({ zone, now, id }) {
      const found = ofIds(zone, now, [id]);
      const finding = found.ok ? found.value[0] : null;
      return finding ? ok(baselineChart(reader, finding, zone)) : (found as Result<null>);
    },
    suppressions({ zone, now }) {
      const all = triaged(zone, now);
      return all.ok ? ok(suppressionRows(all.value.register, all.value.findings, now)) : all;
    },
    ruleHealth({ zone, now }) {
      const all = triaged(zone, now);
      if (!all.ok) return all;
      const { register, findings, known: run } = all.value;
      const chosen = chosenRules(register, null);
      return chosen.ok
        ? ok(ruleHealth(infosOf(chosen.value.rules), chosen.value, run.detection, findings, register))
        : chosen;
    },
    validateRule({ text }) {
      const draft = draftOf(text, readRegister(reader));
      if (!draft.ok) return draft;
      const { problems, rules, ids } = draft.value;
      const told = toldBy(rules).filter((info) => ids.includes(info.id));
      return ok({
        problems: problems.map(withoutFile),
        rules: told.map(({ id, title, severity }) => ({ id, title, severity })),
      });
    },
    places: ({ addresses }) =>
      ok({ places: addresses.map((one) => places.of(one)), date: places.date, credit: places.credit }),
    backTest: ({ text, plan, zone }) => backTest(reader, text, plan, { zone, places, meter }),
  };
}

/** What the writing thread adds to the journal. Each call is short: it is answered beside a sync that runs. */
export function decisionServices(writer: ArchiveWriter): ServiceTable<DetectionWriterCalls> {
  return {
    appendJournal({ lines }) {
      const written = writer.appendJournal(lines);
      return written.ok ? ok(null) : written;
    },
    beginSuppression({ scope, word, now }) {
      const there = ruleIsKnown(writer, scope.rule);
      return there.ok ? beginSuppression(writer, scope, word, now) : there;
    },
    endSuppression: ({ id, isVoid, word }) => nothing(endSuppression(writer, id, isVoid, word)),
    switchRule({ rule, enabled, word }) {
      const there = ruleIsKnown(writer, rule);
      return there.ok ? nothing(switchRule(writer, rule, enabled, word)) : there;
    },
    saveRule: ({ text, word }) => saveRule(writer, text, word),
    removeRule: ({ rule, word }) => nothing(removeRule(writer, rule, word)),
  };
}

function nothing(done: Result<void>): Result<null> {
  return done.ok ? ok(null) : done;
}
