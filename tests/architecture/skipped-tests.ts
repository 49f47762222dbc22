/** Finds tests that are left out without saying why. A green run must mean what it says. */
import ts from 'typescript';

const TESTERS = ['test', 'it', 'describe', 'suite', 'context', 'ctx', 't', 'testInfo'];
const SKIPS = ['skip', 'only', 'todo', 'fixme', 'skipIf', 'runIf', 'fails', 'fail'];

/**
 * The silent skips of a test file, as `<file>:<line> <what>`. Allowed: `skip(condition, 'reason')` and `context.skip('reason')`,
 * which print their reason, and `skipIf` in a file that says why with console.warn. `only` is never allowed.
 */
export function silentSkipsIn(file: string, source: string): string[] {
  const tree = ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true);
  const saysWhy = source.includes('console.warn(');
  const found: string[] = [];
  const look = (node: ts.Node): void => {
    const call = ts.isCallExpression(node) ? skipOf(node) : undefined;
    if (call !== undefined && !isExplained(call.verb, call.node, saysWhy)) {
      const { line } = tree.getLineAndCharacterOfPosition(node.getStart());
      found.push(`${file}:${line + 1} ${call.node.expression.getText()} gives no reason`);
    }
    ts.forEachChild(node, look);
  };
  look(tree);
  return found;
}

function skipOf(node: ts.CallExpression): { verb: string; node: ts.CallExpression } | undefined {
  if (!ts.isPropertyAccessExpression(node.expression)) return undefined;
  const verb = node.expression.name.text;
  const [tester = ''] = node.expression.expression.getText().split(/[.(]/);
  return SKIPS.includes(verb) && TESTERS.includes(tester) ? { verb, node } : undefined;
}

function isExplained(verb: string, call: ts.CallExpression, saysWhy: boolean): boolean {
  const last = call.arguments.at(-1);
  if (verb === 'skipIf' || verb === 'runIf') return saysWhy;
  // The last argument is the reason; a title comes first and is followed by a function.
  return verb === 'skip' && last !== undefined && (ts.isStringLiteralLike(last) || ts.isTemplateExpression(last));
}
