// What is to be seen in each picture, in the order in which they are taken, and how the window is brought there.

/** The screens wanted, each with its name and what shows it. Everything before the archive is open comes first. */
export async function screens(page, { passphrase, only }) {
  const go = (address) => page.evaluate((to) => location.assign(`#${to}`), address);
  const rows = () => page.locator('[data-key]').nth(5).waitFor();
  const heading = (name) => page.getByRole('heading', { name }).first().waitFor();
  const screen = async (address, name = /./) => {
    await go(address);
    await heading(name);
  };
  const explorer = async (query) => {
    await go(`/?q=${encodeURIComponent(query)}`);
    await rows();
    // Rows of the question before stay until those of this one are there.
    await page.waitForTimeout(1_000);
  };
  const unlocked = async () => {
    const field = page.getByLabel(/^Passphrase/);
    if ((await field.count()) === 0) return;
    await field.fill(passphrase);
    await page.getByRole('button', { name: 'Unlock' }).click();
    // Findings are there last: the rail counts them.
    await page
      .getByRole('link', { name: /Findings/ })
      .getByText(/\d/)
      .waitFor();
  };
  const all = [
    { name: 'unlock', show: () => page.getByLabel(/^Passphrase/).waitFor() },
    {
      name: 'overview',
      async show() {
        await unlocked();
        await go('/overview');
        await heading('Overview');
      },
    },
    { name: 'explorer', show: () => explorer('from:2026-09-15 to:2026-10-15 -category:billing') },
    {
      name: 'explorer-entry',
      async show() {
        await explorer('category:security from:2026-09-15');
        await page.locator('[data-key]').nth(2).click();
        await page.getByText('Around this').first().waitFor();
      },
    },
    {
      name: 'ask',
      async show() {
        await page.keyboard.press('Escape');
        await explorer('');
        await page.getByLabel('Search entries').fill('failed logins from outside Portugal last week');
        await page.getByRole('option', { name: /^Ask/ }).waitFor();
      },
    },
    {
      name: 'palette',
      async show() {
        await page.getByLabel('Search entries').fill('');
        await page.keyboard.press('Escape');
        await page.keyboard.press('Escape');
        await rows();
        await page.keyboard.press('Control+k');
        await page.getByRole('textbox', { name: 'Go to or do' }).fill('marg');
      },
    },
    {
      name: 'findings',
      async show() {
        await page.keyboard.press('Escape');
        await go('/findings');
        await heading(/./);
        await page
          .locator('main')
          .getByText(/why|because|Confirm/i)
          .first()
          .waitFor();
      },
    },
    { name: 'rules', show: () => screen('/rules', /Rules/) },
    { name: 'person', show: () => entity('person') },
    { name: 'address', show: () => entity('address') },
    { name: 'team', show: () => entity('team') },
    { name: 'tunnel', show: () => entity('tunnel') },
    { name: 'reviews', show: () => screen('/reviews', 'Reviews') },
    {
      name: 'review',
      async show() {
        await screen(`/reviews?r=${await review()}`, 'Access review');
        await page.locator('[data-current]').waitFor();
      },
    },
    { name: 'investigations', show: () => investigation().then(() => screen('/investigations', 'Investigations')) },
    {
      name: 'investigation',
      async show() {
        await screen(`/investigations?c=${await investigation()}`);
        await page.locator('[data-event]').first().waitFor();
      },
    },
    {
      name: 'reports',
      async show() {
        await screen('/reports');
        await page.locator('canvas[data-page]').waitFor();
      },
    },
    { name: 'archive', show: () => screen('/archive') },
    { name: 'settings', show: () => screen('/settings') },
    {
      name: 'settings-offices',
      async show() {
        await screen('/settings?section=offices', 'Offices');
        // The heading that was gone to has the focus, and its ring.
        await page.locator('h2:focus').evaluate((heading) => heading.blur());
      },
    },
  ];
  return all
    .filter(({ name }) => only.length === 0 || only.includes(name))
    .map(({ name, show }) => ({
      name,
      async show() {
        if (name !== 'unlock') await unlocked();
        await show();
      },
    }));

  async function ask(method, input) {
    const { value } = await page.evaluate(([name, given]) => globalThis.logbook[name](given), [method, input]);
    return value;
  }

  // An access review under way: the first time it is wanted it is begun, and some of it decided.
  async function review() {
    const zone = 'Europe/Lisbon';
    const { reviews } = await ask('reviewsList', { zone });
    if (reviews[0]) return reviews[0].id;
    const marta = { name: 'Marta Quintela', email: 'marta.quintela@alfama.example', pin: 'low tide 7' };
    const { id: by } = await ask('identitiesCreate', marta);
    const { id } = await ask('reviewsStart', {
      ...{
        title: 'Access review Q3 2026',
        kind: 'access',
        filter: { terms: [] },
        zone,
        framework: 'soc2',
        plan: null,
        by,
      },
      ...{
        period: { from: '2026-07-01', to: '2026-09-30' },
        owner: marta.name,
        dueAt: Date.parse('2026-10-21T17:00:00Z'),
      },
    });
    const decide = (items, verdict, rationale) =>
      ask('reviewsDecide', {
        ...{ id, by, chosen: { kind: 'items', items }, verdict, rationale, evidence: '', ticket: '' },
      });
    await decide([0, 2, 3, 5, 6, 7], 'keep', '');
    await decide([1], 'exception', 'Owner without a second person’s word');
    await decide([4], 'change', 'To Viewer from 16 Oct');
    return id;
  }

  // The gravest finding as a case: the first time it is wanted it is opened, its scope pinned, and some of it told.
  async function investigation() {
    const { cases } = await ask('casesList', {});
    if (cases[0]) return cases[0].id;
    const by = 'Marta Quintela';
    const { findings } = await ask('findingsList', {});
    const gravest = findings.find(({ severity }) => severity === 'critical');
    const aware = gravest.last + 5 * 3_600_000;
    const { id } = await ask('casesCreate', {
      ...{ title: gravest.title, severity: 'critical', lead: by, aware, findings: [gravest.id], by },
    });
    const { entries } = await ask('casesScopeEntries', { id, steps: null, pinned: false, offset: 0, limit: 500 });
    for (const [phase, own] of Map.groupBy(entries, (entry) => entry.phase)) {
      const listed = { keys: own.map(({ row }) => row.key), negated: false };
      const question = { filter: { terms: [] }, zone: 'Europe/Lisbon', listed };
      await ask('casesPin', { id, by, entries: question, phase, technique: own[0].technique });
    }
    const events = await ask('casesTimeline', { id });
    const note = (event, text) => ask('casesNote', { id, by, event, text });
    await note(events[0].id, 'Confirmed by phone: not her. The password was used elsewhere.');
    await note(events.at(-1).id, 'Asked for the log of the database, ticket SEC-482.');
    await ask('casesWatch', { id, by, kind: 'address', value: gravest.address, on: true });
    return id;
  }

  // Pages of those whom the gravest finding is about, and of the newest tunnel and the largest team.
  async function entity(kind) {
    const { findings } = await ask('findingsList', {});
    const gravest = findings.find(({ severity }) => severity === 'critical');
    const tunnels = [{ field: 'target_type', value: 'tunnel', negated: false }];
    const question = { filter: { terms: [] }, zone: 'UTC' };
    const addressOf = {
      person: async () => {
        const { row } = await ask('entriesGet', { key: gravest.entryKeys[0] });
        return `/person?id=${encodeURIComponent(row.actor.id)}`;
      },
      address: async () => `/address?ip=${encodeURIComponent(gravest.address)}`,
      team: async () => {
        const [facet] = await ask('entriesFacets', { ...question, fields: ['team'], limit: 3 });
        return `/team?id=${encodeURIComponent(facet.values.find(({ value }) => value !== null).value)}`;
      },
      tunnel: async () => {
        const { rows } = await ask('entriesRows', { ...question, filter: { terms: tunnels }, offset: 0, limit: 1 });
        return `/tunnel?id=${encodeURIComponent(rows[0].target.id)}`;
      },
    };
    await screen(await addressOf[kind]());
  }
}
