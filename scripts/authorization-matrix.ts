/** `npm run matrix`: writes docs/authorization-matrix.md, the page that says role by role what each route allows. */
import { writeFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { may } from '#domain/policy/roles.ts';
import { ROLES, type Role } from '#domain/records/agency.ts';
import { asksAnew, MATRIX, type Row, type Who } from '#server/gateway/matrix.ts';

const PAGE = fileURLToPath(new URL('../docs/authorization-matrix.md', import.meta.url));

/** Who may stand at the door: nobody we know, a tablet alone, a member without roles in force, or one with a role. */
export const ASKERS = ['stranger', 'tablet', 'member without grant', ...ROLES] as const;
export type AskerName = (typeof ASKERS)[number];

/** What a cell says: the door opens, opens only together with an enrolled tablet, or stays shut. */
export type Cell = 'yes' | 'with tablet' | 'no';

const isRole = (asker: AskerName): asker is Role => (ROLES as readonly string[]).includes(asker);
const WORDS: readonly Who[] = ['public', 'device', 'member', 'deviceAndMember'];

/** The cell of a row for an asker. */
export function cellOf({ who }: Row, asker: AskerName): Cell {
  if (who === 'public') return 'yes';
  if (who === 'device') return asker === 'tablet' ? 'yes' : 'no';
  if (asker === 'stranger' || asker === 'tablet') return 'no';
  if (who === 'member') return 'yes';
  if (who === 'deviceAndMember') return 'with tablet';
  return !WORDS.includes(who) && isRole(asker) && may([asker], who) ? 'yes' : 'no';
}

const WHOSE_WORDS: Readonly<Record<Row['whose'], string>> = {
  published: 'published',
  own: 'own only',
  ownLook: 'of an own look',
  agency: "the agency's"
};

/** The page, as Markdown. */
export function matrixPage(): string {
  const head = [
    'route',
    'whose data',
    'audit entry',
    'asks anew',
    ...ASKERS.map((asker) => asker.replace('member ', ''))
  ];
  const rows = Object.entries<Row>(MATRIX).map(([route, row]) => [
    `\`${route}\``,
    WHOSE_WORDS[row.whose],
    row.audit ?? '',
    asksAnew(row) ? '◆' : '',
    ...ASKERS.map((asker) => ({ yes: '●', 'with tablet': '◐', no: '' })[cellOf(row, asker)])
  ]);
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [
    '# The authorization matrix',
    '',
    'Every route of the server, whose data it reaches, the audit entry it leaves, and who may ask (policy 426.5(a); Minn. Stat.',
    '13.824 subd. 7(c)). Nothing is allowed by default: a route without a row keeps the server from starting. Written by',
    '`npm run matrix` from `sync-server/src/gateway/matrix.ts` and `src/domain/policy/roles.ts`;',
    '`tests/server/matrix.test.ts` asks every route as each of these and compares.',
    '',
    '◆ privileged: asks anew who is there once the last proof is five minutes old (CJIS IA-11). Who must still enroll a second',
    'factor (CJIS IA-2) is let in only to do that.',
    '',
    '● may ask, ◐ may ask from an enrolled tablet only, empty: refused. A role counts only as far as training and a written',
    'grant in force carry it. A route whose data are the own or of an own look refuses the same request about another’s.',
    '',
    line(head),
    line(head.map(() => '---')),
    ...rows.map(line),
    ''
  ].join('\n');
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) writeFileSync(PAGE, matrixPage());
