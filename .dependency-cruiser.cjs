/**
 * Who may import whom. `tests/architecture/dependencies.test.ts` runs these rules over the repository, and over
 * `tests/architecture/fixtures/dependencies`, where every rule is broken once, so that a rule that never fires is noticed.
 */
const TESTS = '[.]test[.]ts$';

/** One rule: what may not happen, why, from which files, to which files. */
const forbid = (name, comment, from, to) => ({ name, severity: 'error', comment, from, to });

module.exports = {
  forbidden: [
    forbid(
      'no-cycles',
      'Two files that need each other cannot be understood, tested or moved alone.',
      {},
      { circular: true }
    ),
    forbid(
      'domain-is-pure',
      'The same rule runs in the page, the worker, the server and inside CouchDB: it may lean on nothing but itself.',
      { path: '^src/domain/', pathNot: TESTS },
      { pathNot: '^src/domain/' }
    ),
    forbid(
      'recognition-has-one-door',
      'Engines come and go. The rest of the app knows the handle, the messages and the list of files to precache.',
      // The reading benches and golden readings measure the engines themselves, and the read command is their door for files.
      { pathNot: '^(src/recognition/|tests/(bench|clips|golden)/|scripts/read[./])' },
      { path: '^src/recognition/', pathNot: '^src/recognition/(client|protocol|engine-files)[.]ts$' }
    ),
    forbid(
      'server-sees-only-domain',
      'Server and tablet share the rules and nothing else; the server never runs code made for a browser.',
      { path: '^sync-server/' },
      { path: '^src/', pathNot: '^src/domain/' }
    ),
    forbid(
      'app-never-sees-server',
      'What the server knows reaches the tablet by replication and the API, never by import.',
      { path: '^src/' },
      { path: '^sync-server/' }
    ),
    forbid(
      'only-vault-imports-dexie',
      'One folder knows what is kept on the tablet, where, and until when.',
      { pathNot: '^src/lib/vault/' },
      { path: '(^|node_modules/)dexie(/|$)' }
    ),
    forbid(
      'only-vault-and-replication-import-pouchdb',
      'The vault owns the outbox, replication sends it. Nobody else can leave a plate in a database.',
      { pathNot: '^src/lib/(vault|replication)/' },
      { path: '(^|node_modules/)(@types/)?pouchdb-' }
    ),
    forbid(
      'only-store-imports-engines',
      'Two engines stand behind one interface; a query that goes round it goes round its checks.',
      { pathNot: '^sync-server/src/store/' },
      { path: '(^|node_modules/)(nano|libsql)(/|$)' }
    ),
    forbid(
      'routes-are-imported-by-nobody',
      'A route is a place to stand, not a part: what two places need lives in lib. So lib never imports routes.',
      { pathNot: '^src/routes/' },
      { path: '^src/routes/' }
    ),
    forbid(
      'nothing-ships-its-tests',
      'Builders and fixtures invent plates and people; none of it may reach a tablet or a server.',
      { path: '^(src|sync-server)/', pathNot: TESTS },
      { path: `^tests/|${TESTS}` }
    )
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '[.]svelte-kit/|^build/|tests/architecture/fixtures/' },
    // A type is knowledge too: `import type` counts.
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['svelte', 'import', 'browser', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.svelte', '.js', '.mjs', '.cjs', '.json']
    }
  }
};
