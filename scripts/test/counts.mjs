// A reporter of vitest: writes how many tests passed and how much failed to the file that LOGBOOK_TEST_COUNTS names. A file
// that could not be loaded, a test that never came to its end, and an error outside every test (a process that crashed)
// each count as one that failed: the last line of npm test must not be better than the run was.
import { writeFileSync } from 'node:fs';

export default class Counts {
  /** `modules`: vitest's test modules; `errors`: those that belong to no test. */
  onTestRunEnd(modules, errors) {
    const counts = { passed: 0, failed: errors.length };
    for (const module of modules) {
      let failed = 0;
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        if (state === 'passed') counts.passed += 1;
        else if (state !== 'skipped') failed += 1;
      }
      counts.failed += failed === 0 && module.state() !== 'passed' && module.state() !== 'skipped' ? 1 : failed;
    }
    writeFileSync(process.env.LOGBOOK_TEST_COUNTS, JSON.stringify(counts));
  }
}
