import { rolldown } from 'rolldown';
import { parseAst } from 'rolldown/parseAst';

/** A design function could not be made into a string that both engines accept. */
export class DesignNotBuilt extends Error {
  override readonly name = 'DesignNotBuilt';
}

/**
 * Bundles the default export of a file with everything it imports into one self-contained expression, `(function(){…return f;})()`,
 * in the grammar of 2017 at most: CouchDB's older engines read nothing newer. Throws DesignNotBuilt.
 */
export async function bundleFunction(file: string): Promise<string> {
  const bundle = await rolldown({
    input: file,
    platform: 'neutral',
    resolve: { conditionNames: ['import'] },
    // A module of the domain does nothing when it is loaded; one whose exports are not used is left out whole.
    treeshake: { moduleSideEffects: false },
    transform: { target: 'es2017' },
    onLog(level, log) {
      if (level === 'warn') throw new DesignNotBuilt(log.message);
    }
  });
  try {
    const { output } = await bundle.generate({
      format: 'iife',
      name: 'f',
      exports: 'default',
      minify: { compress: { target: 'es2017' }, mangle: true, codegen: { removeWhitespace: true } }
    });
    const [chunk, ...others] = output;
    if (others.length > 0 || chunk.imports.length > 0)
      throw new DesignNotBuilt('A design function must need nothing outside itself.');
    return asExpression(chunk.code);
  } finally {
    await bundle.close();
  }
}

function asExpression(code: string): string {
  const source = `(function(){${code.trim()}\nreturn f;})()`;
  parseAst(source, { lang: 'js', sourceType: 'script' });
  return source;
}
