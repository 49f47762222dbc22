/** Reads docs/policy-trace.md and says what is wrong with it. Pure, so that the checks themselves can be tested. */
import ts from 'typescript';

export interface TraceRow {
  readonly clause: string;
  readonly asks: string;
  readonly rule: string;
  readonly files: readonly string[];
  readonly tests: readonly { readonly file: string; readonly title: string }[];
  readonly state: string;
}

/** What the checks need to know of the repository. */
export interface Shelf {
  exists(path: string): boolean;
  read(path: string): string;
}

/** The issues that are still to come, by the word the table uses for them. */
export const LATER = ['spine', 'reading', 'vault', 'server', 'hotlists', 'headquarters', 'field'] as const;

/** The rows of the page's tables of six columns; the table that explains the states has two. */
export function rowsOf(page: string): TraceRow[] {
  return page
    .split('\n')
    .filter((line) => line.split('|').length === 8 && !/^\|\s*(clause\s*\||-)/i.test(line))
    .map((line) =>
      line
        .slice(1, -1)
        .split('|')
        .map((cell) => cell.trim())
    )
    .map(([clause = '', asks = '', rule = '', files = '', tests = '', state = '']) => ({
      clause,
      asks,
      rule,
      files: inCode(files),
      tests: tests.split('<br>').flatMap((one) => {
        const [, file, title] = /^`([^`]+)`: (.+)$/.exec(one.trim()) ?? [];
        return file === undefined || title === undefined ? [] : [{ file, title }];
      }),
      state
    }));
}

function inCode(cell: string): string[] {
  return [...cell.matchAll(/`([^`]+)`/g)].map(([, text = '']) => text);
}

/** Every fault of the table, in words; none when it is in order. */
export function faultsOf(rows: readonly TraceRow[], clauses: readonly string[], shelf: Shelf): string[] {
  const named = rows.map((row) => row.clause);
  return [
    ...clauses.filter((clause) => !named.includes(clause)).map((clause) => `${clause}: no row`),
    ...named.filter((clause) => !clauses.includes(clause)).map((clause) => `${clause}: no such clause`),
    ...named.filter((clause, at) => named.indexOf(clause) !== at).map((clause) => `${clause}: two rows`),
    ...rows.flatMap((row) => faultsOfRow(row, shelf).map((fault) => `${row.clause}: ${fault}`))
  ];
}

function faultsOfRow(row: TraceRow, shelf: Shelf): string[] {
  const faults: string[] = [];
  if (row.asks === '' || row.rule === '') faults.push('what it asks and what answers it must be said');
  for (const file of row.files) if (!shelf.exists(file)) faults.push(`${file} does not exist`);
  for (const { file, title } of row.tests) {
    if (!shelf.exists(file)) faults.push(`${file} does not exist`);
    else if (!titlesOf(shelf.read(file)).includes(title)) faults.push(`${file} has no test "${title}"`);
  }
  if (row.state === 'enforced' || row.state === 'supported') {
    if (row.files.length === 0 || row.tests.length === 0) faults.push(`"${row.state}" needs a file and a test`);
  } else if (row.state !== 'procedural' && !isNotYet(row.state)) {
    faults.push(`"${row.state}" is no state: enforced, supported, procedural, or "not yet: <issue>"`);
  }
  return faults;
}

function isNotYet(state: string): boolean {
  const [, issues] = /^not yet: (.+)$/.exec(state) ?? [];
  return issues?.split(', ').every((issue) => (LATER as readonly string[]).includes(issue)) ?? false;
}

/** The titles of the tests of a file, as written in its source: test('...'), it.each(rows)('...'), test.skipIf(c)(`...`). */
export function titlesOf(source: string): string[] {
  const titles: string[] = [];
  const look = (node: ts.Node): void => {
    const title = ts.isCallExpression(node) && isTest(node.expression) ? node.arguments[0] : undefined;
    if (title !== undefined && ts.isStringLiteralLike(title)) titles.push(title.text);
    ts.forEachChild(node, look);
  };
  look(ts.createSourceFile('a.test.ts', source, ts.ScriptTarget.Latest));
  return titles;
}

function isTest(callee: ts.Expression): boolean {
  if (ts.isIdentifier(callee)) return callee.text === 'test' || callee.text === 'it';
  return (ts.isPropertyAccessExpression(callee) || ts.isCallExpression(callee)) && isTest(callee.expression);
}

const CITATION = /\b426\.\d|\b13\.(?:8?24|82|0[3459]|055|09)\b|\b626\.8472\b/;

/** What is wrong with a rule file of src/domain/policy: it must cite its clause in a docstring and be in the table. */
export function faultsOfRule(file: string, source: string, rows: readonly TraceRow[]): string[] {
  const docstrings = source.match(/\/\*\*[\s\S]*?\*\//g) ?? [];
  return [
    ...(docstrings.some((text) => CITATION.test(text)) ? [] : [`${file} cites no clause in a docstring`]),
    ...(rows.some((row) => row.files.includes(file)) ? [] : [`${file} is in no row of the policy trace`])
  ];
}
