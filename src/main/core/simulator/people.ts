import { LISBON, type Office, SINGAPORE, TORONTO } from './offices.ts';
import { randomFor } from './random.ts';

export type Role = 'owner' | 'admin' | 'member' | 'service';

export const TEAM_NAMES = ['Platform', 'Payments API', 'Data Science', 'Security', 'Operations'] as const;
export type TeamName = (typeof TEAM_NAMES)[number];

export type Team = { readonly id: string; readonly name: string };

export type Person = {
  readonly number: number;
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly office: Office;
  readonly team: Team;
  readonly role: Role;
  /** A part in a story. These people neither join nor leave nor change roles in the ordinary course of things. */
  readonly part: Part | null;
};

export const PARTS = ['victim', 'leaver', 'self-granter', 'card-changer'] as const;
export type Part = (typeof PARTS)[number];

export type Roster = {
  readonly people: readonly Person[];
  readonly services: readonly Person[];
  readonly teams: readonly Team[];
};

export const DOMAIN = 'alder-quay.example';

type Line = readonly [name: string, mailbox: string, team: TeamName, role?: Role, part?: Part];

// Names from many places and in many scripts; none is of a particular person. Mailboxes are plain ASCII, as they are at
// most firms.
const IN_LISBON: readonly Line[] = [
  ['Beatriz Vasconcelos', 'beatriz.vasconcelos', 'Operations', 'owner'],
  ['João Figueirôa', 'joao.figueiroa', 'Platform', 'admin'],
  ['Inês Conceição', 'ines.conceicao', 'Platform'],
  ['Tomás Albuquerque', 'tomas.albuquerque', 'Platform'],
  ['Ελένη Παπαδάκη', 'eleni.papadaki', 'Security', 'admin'],
  ['Νίκος Σταματίου', 'nikos.stamatiou', 'Data Science'],
  ['Олена Ковальчук', 'olena.kovalchuk', 'Payments API'],
  ['Димитър Станчев', 'dimitar.stanchev', 'Platform'],
  ['Łukasz Brzęczyk', 'lukasz.brzeczyk', 'Payments API'],
  ['Zsófia Bánfalvi', 'zsofia.banfalvi', 'Data Science'],
  ['Søren Østerby', 'soren.osterby', 'Platform'],
  ['Guðrún Þorvaldsdóttir', 'gudrun.thorvaldsdottir', 'Operations'],
  ['ليلى الحداد', 'layla.haddad', 'Payments API'],
  ['Çağla Yıldızoğlu', 'cagla.yildizoglu', 'Data Science'],
  ['Mateus Quintanilha', 'mateus.quintanilha', 'Platform', 'member', 'leaver'],
  ['Rui Sottomayor', 'rui.sottomayor', 'Security'],
  ['Aoife Ní Bhriain', 'aoife.nibhriain', 'Payments API'],
  ['Jürgen Weißmüller', 'juergen.weissmueller', 'Platform'],
  ['Carmen Ibáñez Rueda', 'carmen.ibanez', 'Operations'],
  ['Kwabena Asante-Mensah', 'kwabena.asante', 'Data Science'],
  ['Teresa Lobo d’Almeida', 'teresa.lobo', 'Operations'],
  ['Þórir Ásgeirsson', 'thorir.asgeirsson', 'Platform'],
];

const IN_TORONTO: readonly Line[] = [
  ['Margaret Oyelaran', 'margaret.oyelaran', 'Payments API', 'admin', 'victim'],
  ['Benoît Lachapelle', 'benoit.lachapelle', 'Platform', 'admin', 'self-granter'],
  ['Chloé St-Onge', 'chloe.stonge', 'Payments API'],
  ['Devon Whitlock', 'devon.whitlock', 'Platform'],
  ['Наталья Ершова', 'natalia.ershova', 'Data Science'],
  ['김서연', 'seoyeon.kim', 'Payments API'],
  ['박지훈', 'jihoon.park', 'Platform'],
  ['Siobhán MacGilvray', 'siobhan.macgilvray', 'Security'],
  ['Tariq Rahmanzai', 'tariq.rahmanzai', 'Platform'],
  ['Amélie Thériault', 'amelie.theriault', 'Data Science'],
  ['Joseph Kanentokon', 'joseph.kanentokon', 'Operations'],
  ['Priya Venkataraghavan', 'priya.venkataraghavan', 'Payments API'],
  ['Håkan Björkqvist', 'hakan.bjorkqvist', 'Platform', 'member', 'card-changer'],
  ['Oluwaseun Adébáyọ̀', 'oluwaseun.adebayo', 'Data Science'],
  ['سامي الخوري', 'sami.khoury', 'Platform'],
  ['Marisol Etcheverría', 'marisol.etcheverria', 'Operations'],
  ['Grant Pemberley', 'grant.pemberley', 'Payments API'],
  ['Đặng Thị Hạnh', 'hanh.dang', 'Security'],
  ['Wren Castellano', 'wren.castellano', 'Platform'],
  ['Ілля Гончаренко', 'illia.honcharenko', 'Payments API'],
];

const IN_SINGAPORE: readonly Line[] = [
  ['陳詠欣', 'wingyan.chan', 'Platform', 'admin'],
  ['林志偉', 'zhiwei.lin', 'Payments API'],
  ['王雪梅', 'xuemei.wang', 'Data Science'],
  ['佐々木 美咲', 'misaki.sasaki', 'Platform'],
  ['高橋 健太', 'kenta.takahashi', 'Payments API'],
  ['이하은', 'haeun.lee', 'Data Science'],
  ['Nurul Huda binti Ramlan', 'nurul.ramlan', 'Operations'],
  ['Arjun Sivasubramaniam', 'arjun.sivasubramaniam', 'Platform'],
  ['Nguyễn Phương Thảo', 'thao.nguyen', 'Payments API'],
  ['Ratchanok Wongsawat', 'ratchanok.wongsawat', 'Data Science'],
  ['Malia Kahananui', 'malia.kahananui', 'Security'],
  ['吳家豪', 'kaho.ng', 'Platform'],
  ['渡辺 さくら', 'sakura.watanabe', 'Payments API'],
  ['Dewi Kusumawardhani', 'dewi.kusumawardhani', 'Operations'],
  ['Faisal bin Osman', 'faisal.osman', 'Platform'],
  ['أمينة بن يوسف', 'amina.benyoussef', 'Data Science'],
  ['Jasper Teo Wei Ming', 'jasper.teo', 'Platform'],
  ['Kavitha Muthulakshmi', 'kavitha.muthulakshmi', 'Payments API'],
];

const SERVICES: readonly (readonly [name: string, mailbox: string, team: TeamName])[] = [
  ['ci-runner', 'ci-runner', 'Platform'],
  ['deploy-bot', 'deploy-bot', 'Platform'],
  ['docs-preview', 'docs-preview', 'Operations'],
  ['contract-tests', 'contract-tests', 'Payments API'],
  ['notebook-share', 'notebook-share', 'Data Science'],
];

/** The sixty people and five service accounts. Who they are is fixed; their ids follow the seed. */
export function roster(seed: number): Roster {
  const chance = randomFor(seed, 'roster');
  const teams = TEAM_NAMES.map((name) => ({ id: `team_${chance.hex(9)}`, name }));
  const teamOf = (name: TeamName): Team => teams[TEAM_NAMES.indexOf(name)]!;
  const lines = ([] as (readonly [Office, Line])[]).concat(
    IN_LISBON.map((line) => [LISBON, line]),
    IN_TORONTO.map((line) => [TORONTO, line]),
    IN_SINGAPORE.map((line) => [SINGAPORE, line]),
  );
  const people = lines.map(([office, [name, mailbox, team, role, part]], number): Person => {
    const id = `user_${chance.hex(10)}`;
    const email = `${mailbox}@${DOMAIN}`;
    return { number, id, name, email, office, team: teamOf(team), role: role ?? 'member', part: part ?? null };
  });
  const services = SERVICES.map(
    ([name, mailbox, team], index): Person => ({
      number: lines.length + index,
      id: `user_${chance.hex(10)}`,
      name,
      email: `${mailbox}@svc.${DOMAIN}`,
      office: LISBON,
      team: teamOf(team),
      role: 'service',
      part: null,
    }),
  );
  return { people, services, teams };
}

/** The person who plays a part. */
export function inPart(cast: Roster, part: Part): Person {
  return cast.people.find((person) => person.part === part)!;
}
