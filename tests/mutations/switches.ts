/** Finds every condition of a rule that can be switched off, one at a time. Pure, so that it can be tested itself. */
import ts from 'typescript';

export interface Switch {
  /** from 1 on */
  readonly line: number;
  /** the condition, as it is written */
  readonly condition: string;
  /** what stands in its place when it is switched off */
  readonly off: 'true' | 'false';
  /** the whole source with this one condition switched off */
  readonly source: string;
}

/**
 * The switches of a source: the condition of each `if`, `?:`, filter and search as never met; each part of an "and" as met, and each part
 * of an "or" as not met. A test that names the rule must notice every one of them.
 */
export function switchesOf(source: string): Switch[] {
  const file = ts.createSourceFile('rule.ts', source, ts.ScriptTarget.Latest, true);
  const found = new Map<string, Switch>();
  const add = (node: ts.Expression, off: Switch['off']): void => {
    const condition = node.getText(file);
    if (condition === off) return;
    const [from, to] = [node.getStart(file), node.getEnd()];
    found.set(`${from} ${to} ${off}`, {
      line: file.getLineAndCharacterOfPosition(from).line + 1,
      condition: condition.replace(/\s+/g, ' '),
      off,
      source: `${source.slice(0, from)}(${off} as boolean)${source.slice(to)}`
    });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isIfStatement(node)) add(node.expression, 'false');
    else if (ts.isConditionalExpression(node)) add(node.condition, 'false');
    else if (ts.isBinaryExpression(node)) {
      const kind = node.operatorToken.kind;
      const off =
        kind === ts.SyntaxKind.AmpersandAmpersandToken
          ? 'true'
          : kind === ts.SyntaxKind.BarBarToken
            ? 'false'
            : undefined;
      if (off !== undefined) for (const part of [node.left, node.right]) add(part, off);
    } else if (ts.isArrowFunction(node) && isComparison(node.body)) add(node.body, 'false');
    else if (ts.isReturnStatement(node) && node.expression !== undefined && isComparison(node.expression))
      for (const off of ['true', 'false'] as const) add(node.expression, off);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return [...found.values()].sort((a, b) => a.line - b.line);
}

const COMPARISONS: readonly ts.SyntaxKind[] = [
  ts.SyntaxKind.EqualsEqualsEqualsToken,
  ts.SyntaxKind.ExclamationEqualsEqualsToken,
  ts.SyntaxKind.LessThanToken,
  ts.SyntaxKind.LessThanEqualsToken,
  ts.SyntaxKind.GreaterThanToken,
  ts.SyntaxKind.GreaterThanEqualsToken
];

const isComparison = (node: ts.Node): node is ts.BinaryExpression =>
  ts.isBinaryExpression(node) && COMPARISONS.includes(node.operatorToken.kind);
