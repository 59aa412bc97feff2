import nx from '@nx/eslint-plugin';
import prettier from 'eslint-config-prettier';
import jest from 'eslint-plugin-jest';
import angular from 'angular-eslint';
import tseslint from 'typescript-eslint';

/** Who may import whom: docs/decisions/0002 explains the matrix; tools/lint proves that a forbidden import fails. */
export const depConstraints = [
  {
    sourceTag: 'layer:domain',
    onlyDependOnLibsWithTags: [],
    allowedExternalImports: ['valibot', '@jest/globals', 'fast-check'],
  },
  { sourceTag: 'layer:port', onlyDependOnLibsWithTags: ['layer:domain', 'layer:port'] },
  {
    sourceTag: 'layer:read-model',
    onlyDependOnLibsWithTags: ['layer:domain', 'layer:port', 'layer:read-model'],
  },
  { sourceTag: 'layer:ui', onlyDependOnLibsWithTags: ['layer:domain'] },
  {
    sourceTag: 'layer:app',
    onlyDependOnLibsWithTags: ['layer:domain', 'layer:port', 'layer:read-model', 'layer:ui'],
  },
  // Benchmarks, generators and browser tests start the product's parts as an app does.
  { sourceTag: 'layer:tool', onlyDependOnLibsWithTags: ['layer:domain', 'layer:port', 'layer:read-model'] },
  { sourceTag: 'runs:browser', onlyDependOnLibsWithTags: ['runs:browser', 'runs:anywhere'] },
  { sourceTag: 'runs:node', onlyDependOnLibsWithTags: ['runs:node', 'runs:anywhere'] },
  { sourceTag: 'runs:anywhere', onlyDependOnLibsWithTags: ['runs:anywhere'] },
];

const adapters = {
  group: [
    '@deskside/*/sqlite',
    '@deskside/*/kurrentdb',
    '@deskside/*/kurrentdb/double',
    '@deskside/mail/smtp',
    '@deskside/mail/development',
  ],
  message: 'Only apps choose an adapter.',
};
const nodeModules = { group: ['node:*'], message: 'The domain runs in a browser too.' };
const insideOfCapabilities = {
  regex: '^(\\.\\./)+[^./]+/',
  message: "A capability is reached by its folder's index only.",
};

export default tseslint.config(
  { ignores: ['**/dist/**', '**/.nx/**', '**/.angular/**', '**/generated/**', '**/coverage/**', 'tmp/**'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  ...tseslint.configs.recommended.map((c) => ({ ...c, files: ['**/*.ts'] })),
  {
    files: ['**/*.ts'],
    plugins: { '@nx': nx },
    rules: {
      '@nx/enforce-module-boundaries': [
        'error',
        { enforceBuildableLibDependency: false, allow: [], depConstraints, banTransitiveDependencies: false },
      ],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'separate-type-imports' }],
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'no-restricted-exports': ['error', { restrictDefaultExports: { direct: true } }],
      'no-restricted-imports': [
        'error',
        {
          paths: [
            {
              name: '@nestjs/cqrs',
              importNames: ['EventBus', 'EventsHandler', 'IEventHandler', 'EventPublisher', 'Saga', 'AggregateRoot'],
              message: 'Events travel by the $all feed only (docs/decisions/0003).',
            },
          ],
          patterns: [
            {
              group: ['@deskside/*/src/*', '**/libs/*/src/**'],
              message: 'A library is imported by its name, not by its files.',
            },
          ],
        },
      ],
      // A switch over a closed union counts once: its branches are a table.
      complexity: ['error', { max: 8, variant: 'modified' }],
      'max-depth': ['error', 3],
      'max-params': ['error', 4],
      'no-console': 'error',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
    },
  },
  {
    // Tools that must start before anything is built. Their types are checked from their comments.
    files: ['**/*.mjs'],
    rules: {
      'no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      'prefer-const': 'error',
      complexity: ['error', { max: 8, variant: 'modified' }],
      'max-depth': ['error', 3],
      'max-params': ['error', 4],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
    },
  },
  {
    // Adapters are chosen where the application is put together, nowhere else.
    files: ['libs/**/*.ts'],
    ignores: [
      'libs/*/src/{sqlite,kurrentdb}/**',
      'libs/mail/src/{smtp,development}/**',
      'libs/*/src/worker/**',
      '**/*.spec.ts',
    ],
    rules: { '@typescript-eslint/no-restricted-imports': ['error', { patterns: [adapters] }] },
  },
  {
    files: ['libs/domain/**/*.ts'],
    ignores: ['**/*.spec.ts'],
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        { patterns: [adapters, insideOfCapabilities, nodeModules] },
      ],
      'no-restricted-globals': ['error', 'setTimeout', 'setInterval', 'fetch', 'performance', 'process', 'crypto'],
      'no-restricted-syntax': [
        'error',
        {
          selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']",
          message: 'Time is given.',
        },
        { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: 'Time is given.' },
        { selector: "CallExpression[callee.object.name='Math'][callee.property.name='random']", message: 'No chance.' },
      ],
    },
  },
  {
    files: ['apps/api/src/**/*.ts'],
    // Decorated constructor parameters need the class at run time.
    rules: { '@typescript-eslint/consistent-type-imports': 'off', 'max-params': 'off' },
  },
  ...[
    ...angular.configs.tsRecommended.map((c) => ({
      ...c,
      files: ['libs/ui/**/*.ts', 'apps/{dashboard,customer}/**/*.ts'],
    })),
    ...angular.configs.templateRecommended.map((c) => ({
      ...c,
      files: ['libs/ui/**/*.html', 'apps/{dashboard,customer}/**/*.html'],
    })),
    ...angular.configs.templateAccessibility.map((c) => ({
      ...c,
      files: ['libs/ui/**/*.html', 'apps/{dashboard,customer}/**/*.html'],
    })),
  ],
  {
    files: ['libs/ui/**/*.ts', 'apps/{dashboard,customer}/**/*.ts'],
    processor: angular.processInlineTemplates,
    rules: {
      '@angular-eslint/prefer-on-push-component-change-detection': 'error',
      '@angular-eslint/component-selector': ['error', { type: 'element', prefix: 'ds', style: 'kebab-case' }],
      '@angular-eslint/directive-selector': ['error', { type: 'attribute', prefix: 'ds', style: 'camelCase' }],
      '@typescript-eslint/consistent-type-imports': 'off',
    },
  },
  {
    files: ['**/*.spec.ts', '**/*.e2e.ts', 'libs/*/src/contract/**/*.ts', 'e2e/**/*.ts'],
    plugins: { jest },
    rules: {
      'jest/no-focused-tests': 'error',
      'jest/no-disabled-tests': 'error',
      'jest/no-identical-title': 'error',
      complexity: 'off',
      'max-params': 'off',
    },
  },
  { files: ['tools/**/*.ts'], rules: { 'no-console': 'off' } },
  prettier,
);
