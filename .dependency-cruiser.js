/**
 * The rules between rooms. A write or a search is followed from its route through `server` to `domain`,
 * and never back.
 * @type {import('dependency-cruiser').IConfiguration}
 */
export default {
  forbidden: [
    {
      name: 'no-circular',
      comment: 'Two files that need each other are one file, or a third is missing.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-unresolvable',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: ['^\\$app/', '^\\./\\$types', '^virtual:', '^geojson$'] },
    },
    {
      name: 'domain-is-pure',
      comment: 'domain knows no database, no framework, no clock; only itself and the types of i18n.',
      severity: 'error',
      from: { path: '^src/lib/domain/', pathNot: '\\.(test|fixture)\\.ts$' },
      to: { pathNot: ['^src/lib/domain/', '^src/lib/i18n/', '^node_modules/(zod|es-hangul)/'] },
    },
    {
      name: 'i18n-knows-only-domain',
      severity: 'error',
      from: { path: '^src/lib/i18n/', pathNot: '\\.test\\.ts$' },
      to: { pathNot: ['^src/lib/i18n/', '^src/lib/domain/', '^node_modules/es-hangul/'] },
    },
    {
      name: 'components-know-no-server',
      severity: 'error',
      from: { path: '^src/lib/components/' },
      to: {
        path: ['^src/lib/server/', '^src/routes/', '^src/cli/', '^node_modules/(kysely|pg|graphile-worker)/'],
      },
    },
    {
      name: 'server-knows-no-interface',
      comment: 'The web edge in platform/http and the cookies of auth are the exceptions.',
      severity: 'error',
      from: { path: '^src/lib/server/', pathNot: ['^src/lib/server/(auth|platform/http)/', '\\.test\\.ts$'] },
      to: {
        path: [
          '^node_modules/@sveltejs/',
          '^node_modules/svelte/',
          '^src/lib/components/',
          '^src/routes/',
          '^src/cli/',
        ],
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'nobody-imports-routes-or-cli',
      severity: 'error',
      from: { pathNot: ['^src/routes/', '^src/cli/'] },
      to: { path: ['^src/routes/', '^src/cli/(?!launcher/(?:child-life|file-check))'] },
    },
    {
      name: 'routes-know-no-database',
      comment: 'Pages go through queries and commands.',
      severity: 'error',
      from: { path: '^src/routes/' },
      to: {
        path: [
          '^node_modules/(kysely|pg|graphile-worker|pg-copy-streams)/',
          '^src/cli/',
          '/repository\\.ts$',
        ],
      },
    },
    {
      name: 'kysely-in-its-place',
      comment: 'Only repositories, queries and the database files of platform write SQL.',
      severity: 'error',
      from: {
        path: '^src/lib/',
        pathNot: [
          '/[a-z-]*(repository|queries|visible|tables|jobs|job)\\.ts$',
          '^src/lib/server/(platform|auth|search|match|insight|audit)/',
          '\\.test\\.ts$',
        ],
      },
      to: { path: '^node_modules/kysely/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'repositories-are-private',
      comment: 'Another noun is reached by its commands and queries.',
      severity: 'error',
      from: { path: '^src/lib/server/([^/]+)/' },
      to: { path: '^src/lib/server/[^/]+/[^/]*repository\\.ts$', pathNot: '^src/lib/server/$1/' },
    },
    {
      name: 'lucia-stays-in-auth',
      severity: 'error',
      from: { pathNot: '^src/lib/server/auth/' },
      to: { path: '^node_modules/lucia/' },
    },
    {
      name: 'meilisearch-stays-in-its-adapter',
      severity: 'error',
      from: { pathNot: '^src/lib/server/search/meili' },
      to: { path: '^node_modules/meilisearch/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.js', '.svelte'],
      conditionNames: ['import', 'svelte', 'types', 'node', 'default'],
      exportsFields: ['exports'],
      mainFields: ['module', 'main', 'types'],
    },
  },
};
